import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useKeys } from '../app/keys.tsx'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Button } from '../kit/kit.tsx'
import { useProjects } from '../projects/queries.ts'
import { accountCalled, accounts, actionCalled, type LogFilter, projectCalled, turned } from './queries.ts'
import { actions, texts } from './texts.ts'

/** The filters stand in the address, so that a view of the log can be sent to a colleague. */
export function Filters({ filter, onChange }: { filter: LogFilter; onChange(filter: LogFilter): void }) {
  const said = usePhrases(texts)
  const text = useText()
  const queries = useQueryClient()
  const action = usePhrases(actions) as Record<string, string>
  const [given, give] = useState<LogFilter>(filter)
  const [naming, name] = useState(false)
  const people = useQuery({ ...accounts, enabled: naming }).data?.items ?? []
  const projects = useProjects().data?.items ?? []
  const first = useRef<HTMLInputElement>(null)
  const list = useId()
  useKeys({ '/': () => first.current?.focus() })
  const set = (name: keyof LogFilter) => (event: { target: { value: string } }) => give({ ...given, [name]: event.target.value.trim() || undefined })
  const used = Object.values(filter).some(Boolean)
  const backwards = turned(given)
  const send = async (next: LogFilter) => {
    if (turned(next)) return
    const known = next.actor && next.actor !== filter.actor ? await queries.ensureQueryData(accounts).then(({ items }) => items, () => []) : []
    onChange({ ...next, actor: accountCalled(next.actor, known), project: projectCalled(next.project, projects), action: actionCalled(next.action, action) })
  }
  return (
    <form className="log-filters" role="search" onSubmit={(event) => { event.preventDefault(); void send(given) }}>
      <label className="field"><span className="label">{said.actor}</span><input ref={first} list={`${list}-people`} value={given.actor ?? ''} onChange={set('actor')} onFocus={() => name(true)} autoCapitalize="none" spellCheck={false} /></label>
      <datalist id={`${list}-people`}>{people.map(({ name, displayName }) => <option key={name} value={name}>{displayName}</option>)}</datalist>
      <label className="field"><span className="label">{said.action}</span><input list={list} value={given.action ?? ''} onChange={set('action')} autoCapitalize="none" spellCheck={false} placeholder={said.any} /></label>
      <datalist id={list}>{Object.entries(action).map(([name, label]) => <option key={name} value={name}>{label}</option>)}</datalist>
      <label className="field"><span className="label">{said.project}</span><input list={`${list}-projects`} value={given.project ?? ''} onChange={set('project')} autoCapitalize="none" spellCheck={false} /></label>
      <datalist id={`${list}-projects`}>{projects.map(({ id, title }) => <option key={id} value={id}>{text(title)}</option>)}</datalist>
      <label className="field"><span className="label">{said.object}</span><input value={given.object ?? ''} onChange={set('object')} autoCapitalize="none" spellCheck={false} /></label>
      <label className="field"><span className="label">{said.from}</span><input type="date" value={given.from ?? ''} onChange={set('from')} /></label>
      <label className="field"><span className="label">{said.to}</span><input type="date" value={given.to ?? ''} onChange={set('to')} aria-invalid={backwards || undefined} aria-describedby={backwards ? `${list}-turned` : undefined} /></label>
      {backwards && <p className="turned small" id={`${list}-turned`} role="alert">{said.turned}</p>}
      <label className="tick looks"><input type="checkbox" checked={filter.looks === 'too'} onChange={(event) => void send({ ...given, looks: event.target.checked ? 'too' : undefined })} />{said.looks}</label>
      <div className="row">
        <Button type="submit" icon="search">{said.apply}</Button>
        {used && <Button look="quiet" onPress={() => onChange({})}>{said.clear}</Button>}
      </div>
    </form>
  )
}
