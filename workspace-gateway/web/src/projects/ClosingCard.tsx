import { useId, useState } from 'react'
import { Link } from 'wouter'
import { Problem } from '../api/client.ts'
import { has, useMe } from '../api/session.ts'
import type { Closing, Session } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Notice, Time, useName } from '../kit/kit.tsx'
import { useClosing, useDecideClosing, useProposeClosing } from './queries.ts'
import { idOf } from './standing.ts'
import { closing as texts } from './texts.ts'

type Of = { project: string; title: string }

/** Whether this person may see how a project ends, and bring it about. */
export const endsProjects = (me: Session) => has(me, 'reviewer', 'security')

/** The end of a project, for those who may bring it about: one proposes, another one confirms. */
export function ClosingCard({ project, title }: Of) {
  const said = usePhrases(texts)
  const me = useMe()
  const may = endsProjects(me)
  const closing = useClosing(project, may).data
  if (!may || !closing) return null
  return (
    <section className="card" data-closing={closing.state}>
      <header><h2>{said.title}</h2></header>
      <div className="body stack">
        {closing.state === 'none' && (has(me, 'reviewer') ? <Proposal project={project} title={title} /> : <p className="soft">{said.none}</p>)}
        {closing.state === 'destroying' && <Notice tone="grey" icon="clock" role="status">{said.destroying}</Notice>}
        {closing.state !== 'none' && <Course closing={closing} readsLog={has(me, 'security')} />}
        {closing.state === 'proposed' && (idOf(closing.by) === me.user.id ? <p className="soft">{said.own}</p> : <Decision project={project} title={title} />)}
        {closing.state === 'closed' && <p className="small soft">{said.disks}</p>}
      </div>
    </section>
  )
}

/** Who proposed the end and why, who confirmed it, and what was destroyed: as much of it as has happened. */
function Course({ closing, readsLog }: { closing: Closing; readsLog: boolean }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const nameOf = useName()
  const { files, certificate } = closing
  const entry = certificate == null ? null : said.entry(format.number(certificate))
  return (
    <dl className="facts">
      <dt>{said.proposed}</dt><dd>{nameOf(closing.by)} <span className="dim"><Time at={closing.proposed} style="exact" /></span></dd>
      <dt>{said.why}</dt><dd>{closing.note}</dd>
      {closing.decidedBy && (<><dt>{said.confirmed}</dt><dd>{nameOf(closing.decidedBy)} <span className="dim"><Time at={closing.decided} style="exact" /></span></dd></>)}
      {closing.closed && (<><dt>{said.closed}</dt><dd><Time at={closing.closed} style="exact" /></dd></>)}
      {files != null && closing.closed && (<><dt>{said.destroyed}</dt><dd>{said.destroyedWhat(files, format.number(files), format.bytes(closing.bytes ?? 0))}</dd></>)}
      {entry && (<><dt>{said.certificate}</dt><dd>{readsLog ? <Link href={`/log?entry=${certificate}`}>{entry}</Link> : entry}</dd></>)}
    </dl>
  )
}

function Decision({ project, title }: Of) {
  const said = usePhrases(texts)
  const decide = useDecideClosing(project)
  return (
    <>
      {decide.error && <Failed error={decide.error} />}
      <div className="row">
        <Button onPress={() => decide.mutate('refuse')}>{said.refuse}</Button>
        <Confirm title={said.confirmTitle(title)} act={said.confirm} onAct={() => decide.mutate('confirm')} trigger={<Button look="danger">{said.confirm}</Button>}>
          <p>{said.what}</p>
          <p><strong>{said.forGood}</strong></p>
        </Confirm>
      </div>
    </>
  )
}

function Proposal({ project, title }: Of) {
  const said = usePhrases(texts)
  const propose = useProposeClosing(project)
  const [note, type] = useState('')
  const field = useId()
  return (
    <>
      <p className="soft">{said.what}</p>
      {propose.error && <Failed error={propose.error} />}
      <div className="field">
        <label htmlFor={field}>{said.note}</label>
        <textarea id={field} rows={3} maxLength={2000} value={note} onChange={(event) => type(event.target.value)} />
      </div>
      <div className="row">
        <Confirm title={said.proposeTitle(title)} act={said.propose} onAct={() => propose.mutate(note)} trigger={<Button look="danger" isDisabled={!note.trim()} isPending={propose.isPending}>{said.propose}</Button>}>
          <p>{said.what}</p>
          <p><strong>{said.afterProposal}</strong></p>
        </Confirm>
      </div>
    </>
  )
}

function Failed({ error }: { error: Error }) {
  return <Notice tone="red" icon="warn" role="alert" title={error.message}>{error instanceof Problem && error.detail}</Notice>
}
