import { useId, useState } from 'react'
import { Problem } from '../api/client.ts'
import { has, useMe } from '../api/session.ts'
import type { Closing, Named } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Notice, Time, useName } from '../kit/kit.tsx'
import { useClosing, useDecideClosing, useProposeClosing } from './queries.ts'
import { closing as texts } from './texts.ts'

const idOf = (person: Named | undefined) => (typeof person === 'object' && person ? person.id : undefined)

/** The end of a project, for those who may bring it about: one proposes, another one confirms. */
export function ClosingCard({ project }: { project: string }) {
  const me = useMe()
  const may = has(me, 'reviewer', 'security')
  const closing = useClosing(project, may)
  if (!may || !closing.data) return null
  return <Card project={project} closing={closing.data} proposes={has(me, 'reviewer')} me={me.user.id} />
}

function Card({ project, closing, proposes, me }: { project: string; closing: Closing; proposes: boolean; me: string }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const nameOf = useName()
  const decide = useDecideClosing(project)
  return (
    <section className="card" data-closing={closing.state}>
      <header><h2>{said.title}</h2></header>
      <div className="body">
        {decide.error && <Failed error={decide.error} />}
        {closing.state === 'none' && (proposes ? <Proposal project={project} /> : <p className="soft">{said.none}</p>)}
        {closing.state === 'proposed' && (
          <>
            <p>{said.proposedBy(nameOf(closing.by))} <Time at={closing.proposed} style="ago" /></p>
            <blockquote className="soft">{closing.note}</blockquote>
            {idOf(closing.by) === me ? (
              <p className="soft">{said.own}</p>
            ) : (
              <div className="row">
                <Button onPress={() => decide.mutate('refuse')}>{said.refuse}</Button>
                <Confirm title={said.confirmTitle} act={said.confirm} onAct={() => decide.mutate('confirm')} trigger={<Button look="danger">{said.confirm}</Button>}>
                  <p>{said.what}</p>
                  <p><strong>{said.forGood}</strong></p>
                </Confirm>
              </div>
            )}
          </>
        )}
        {closing.state === 'destroying' && <Notice tone="grey" icon="clock" role="status">{said.destroying}</Notice>}
        {closing.state === 'closed' && (
          <>
            <p>{said.closed(nameOf(closing.by), nameOf(closing.decidedBy))} <Time at={closing.closed} /></p>
            <p className="soft">{said.destroyed(format.number(closing.files ?? 0), format.bytes(closing.bytes ?? 0), closing.certificate ?? 0)}</p>
            <p className="soft">{said.disks}</p>
          </>
        )}
      </div>
    </section>
  )
}

function Proposal({ project }: { project: string }) {
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
        <Button look="danger" isDisabled={!note.trim()} isPending={propose.isPending} onPress={() => propose.mutate(note)}>{said.propose}</Button>
      </div>
    </>
  )
}

function Failed({ error }: { error: Error }) {
  return <Notice tone="red" icon="warn" role="alert" title={error.message}>{error instanceof Problem && error.detail}</Notice>
}
