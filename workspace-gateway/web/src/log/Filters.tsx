import { useId, useRef, useState } from 'react'
import { useKeys } from '../app/keys.tsx'
import { usePhrases } from '../i18n/language.tsx'
import { Button } from '../kit/kit.tsx'
import { actionCalled, type LogFilter } from './queries.ts'
import { actions, texts } from './texts.ts'

/** The filters stand in the address, so that a view of the log can be sent to a colleague. */
export function Filters({ filter, onChange }: { filter: LogFilter; onChange(filter: LogFilter): void }) {
  const said = usePhrases(texts)
  const action = usePhrases(actions) as Record<string, string>
  const [given, give] = useState<LogFilter>(filter)
  const first = useRef<HTMLInputElement>(null)
  const list = useId()
  useKeys({ '/': () => first.current?.focus() })
  const set = (name: keyof LogFilter) => (event: { target: { value: string } }) => give({ ...given, [name]: event.target.value.trim() || undefined })
  const used = Object.values(filter).some(Boolean)
  return (
    <form className="log-filters" role="search" onSubmit={(event) => { event.preventDefault(); onChange({ ...given, action: actionCalled(given.action, action) }) }}>
      <label className="field"><span className="label">{said.actor}</span><input ref={first} value={given.actor ?? ''} onChange={set('actor')} autoCapitalize="none" spellCheck={false} /></label>
      <label className="field"><span className="label">{said.action}</span><input list={list} value={given.action ?? ''} onChange={set('action')} autoCapitalize="none" spellCheck={false} placeholder={said.any} /></label>
      <datalist id={list}>{Object.entries(action).map(([name, label]) => <option key={name} value={name}>{label}</option>)}</datalist>
      <label className="field"><span className="label">{said.project}</span><input value={given.project ?? ''} onChange={set('project')} autoCapitalize="none" spellCheck={false} /></label>
      <label className="field"><span className="label">{said.object}</span><input value={given.object ?? ''} onChange={set('object')} autoCapitalize="none" spellCheck={false} /></label>
      <label className="field"><span className="label">{said.from}</span><input type="date" value={given.from ?? ''} onChange={set('from')} /></label>
      <label className="field"><span className="label">{said.to}</span><input type="date" value={given.to ?? ''} onChange={set('to')} /></label>
      <label className="tick looks"><input type="checkbox" checked={given.looks === 'too'} onChange={(event) => onChange({ ...given, looks: event.target.checked ? 'too' : undefined })} />{said.looks}</label>
      <div className="row">
        <Button type="submit" icon="search">{said.apply}</Button>
        {used && <Button look="quiet" onPress={() => onChange({})}>{said.clear}</Button>}
      </div>
    </form>
  )
}
