import { useState } from 'react'
import { Problem } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { Button, LinkButton, Notice } from '../kit/kit.tsx'
import { type Ending, whatNext } from './endings.ts'
import { useUnlock } from './queries.ts'
import { endings, texts } from './texts.ts'
import type { Shown } from './useScreen.ts'

/** What lies over the picture while there is none, or while it is an old one. */
export function Cover({ workspace, shown, again }: { workspace: string; shown: Shown; again(takeover?: boolean): void }) {
  const said = usePhrases(texts)
  if (shown.state === 'shown') return null
  return (
    <div className={`desktop-cover ${shown.state === 'over' && whatNext(shown.ending) === 'unlock' ? 'closed' : ''}`} role="status">
      {shown.state === 'connecting' ? <p className="row"><Icon name="turn" className="turning" />{said.connecting}</p> : <Over workspace={workspace} ending={shown.ending} again={again} />}
    </div>
  )
}

function Over({ workspace, ending, again }: { workspace: string; ending: Ending; again(takeover?: boolean): void }) {
  const said = usePhrases(texts)
  const why = usePhrases(endings)
  const next = whatNext(ending)
  return (
    <section className="card" data-ending={ending}>
      <Icon name={icon(ending)} size={28} />
      <p className="why">{why[ending]}</p>
      {next === 'again' && <Button icon="turn" onPress={() => again()}>{said.retry}</Button>}
      {next === 'ask' && <div className="row"><LinkButton to="/workspaces">{said.list}</LinkButton><Button look="primary" onPress={() => again(true)}>{said.takeOver}</Button></div>}
      {next === 'unlock' && <Unlock workspace={workspace} whenOpen={() => again()} />}
      {next === 'done' && (ending === 'left' ? <Button look="primary" onPress={() => again()}>{said.retry}</Button> : <LinkButton to="/workspaces" look="primary">{said.list}</LinkButton>)}
      {next === 'sign-in' && <LinkButton to={`/signin?next=${encodeURIComponent(`/workspaces/${workspace}`)}`} look="primary">{said.signIn}</LinkButton>}
    </section>
  )
}

function Unlock({ workspace, whenOpen }: { workspace: string; whenOpen(): void }) {
  const said = usePhrases(texts)
  const unlock = useUnlock(workspace)
  const elsewhere = useMe().provider
  const [password, type] = useState('')
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); unlock.mutate(password, { onSuccess: whenOpen, onError: () => type('') }) }}>
      {!elsewhere && <label className="field"><span className="label">{said.password}</span><input type="password" autoComplete="current-password" autoFocus value={password} onChange={(event) => type(event.target.value)} /></label>}
      {unlock.error && <Notice tone="red" icon="warn" role="alert" title={unlock.error instanceof Problem && unlock.error.reason === 'wrong-sign-in' ? said.wrongPassword : unlock.error.message}>{unlock.error instanceof Problem && unlock.error.detail}</Notice>}
      <Button type="submit" look="primary" icon="key" isPending={unlock.isPending} isDisabled={!password && !elsewhere}>{said.unlock}</Button>
      {!elsewhere && <p className="small soft">{said.unlockHint}</p>}
    </form>
  )
}

function icon(ending: Ending): IconName {
  const next = whatNext(ending)
  if (next === 'unlock') return 'lock'
  if (next === 'again') return 'cloud'
  return ending === 'violation' || ending === 'recording' || ending === 'log' || ending === 'broken' ? 'warn' : 'info'
}
