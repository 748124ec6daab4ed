import { useState } from 'react'
import { Link } from 'wouter'
import { has, useMe } from '../api/session.ts'
import type { Application } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Button, Chip, Head, LinkButton, Notice, StateChip, Time, useName, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { Grant, VisitingFacts } from '../projects/PermitFacts.tsx'
import { looks, type State, words } from '../kit/states.ts'
import { useApplication, useDecideApplication } from './queries.ts'
import { texts } from './texts.ts'
import './applications.css'

export default function ApplicationPage({ id }: { id: string }) {
  return <Loaded from={useApplication(id)}>{(application) => <Found application={application} />}</Loaded>
}

function Found({ application }: { application: Application }) {
  const said = usePhrases(texts)
  const text = useText()
  const format = useFormat()
  const state = usePhrases(words)
  const name = useName()
  const me = useMe()
  const applicant = name(application.applicant)
  const own = [me.user.name, me.user.id, me.user.displayName].includes(applicant)
  useTitle(text(application.title))
  return (
    <div className="page narrow">
      <Head
        title={text(application.title)}
        crumbs={<><Link href="/applications">{said.title}</Link><span aria-hidden="true">/</span><StateChip state={application.state} /></>}
        lede={application.state === 'submitted' ? said.openSentence(applicant) : undefined}
      >
        {application.project && <LinkButton to={`/projects/${application.project}`}>{said.toProject}</LinkButton>}
      </Head>
      <section className="card"><div className="body"><dl className="facts">
        <dt>{said.purpose}</dt><dd>{text(application.purpose)}</dd>
        {text(application.outputs) && (<><dt>{said.outputs}</dt><dd>{text(application.outputs)}</dd></>)}
        <dt>{said.data}</dt><dd className="stack tight">{application.datasets?.map((grant) => <Grant key={grant.dataset} grant={grant} />)}</dd>
        <dt>{said.applicant}</dt><dd>{applicant} <span className="dim"><Time at={application.submitted} /></span></dd>
        {application.members && application.members.length > 0 && (<><dt>{said.members.split(/[（(]/)[0]}</dt><dd className="row">{application.members.map((member) => <Chip key={typeof member === 'string' ? member : member.name}>{typeof member === 'string' ? member : member.displayName || member.name}</Chip>)}</dd></>)}
        {application.visiting && <VisitingFacts visiting={application.visiting} />}
        {application.rules && (<><dt>{said.rules}</dt><dd><code>{application.rules}</code></dd></>)}
        {application.reviews !== undefined && (<><dt>{said.reviews}</dt><dd>{application.reviews}</dd></>)}
        {application.expires && (<><dt>{said.expires}</dt><dd>{format.date(application.expires)}</dd></>)}
      </dl></div></section>
      {application.decisions?.map((decision, index) => (
        <Notice key={index} tone={looks[decision.decision as State]?.tone} icon={looks[decision.decision as State]?.icon} title={state[decision.decision as State] ?? decision.decision}>
          <p>{decision.note}</p>
          <p className="small dim">{name(decision.by)} <Time at={decision.at} /></p>
        </Notice>
      ))}
      {application.state === 'submitted' && has(me, 'reviewer') && (own ? <Notice icon="lock">{said.own}</Notice> : <Decide id={application.id} />)}
    </div>
  )
}

function Decide({ id }: { id: string }) {
  const said = usePhrases(texts)
  const { user } = useMe()
  const decide = useDecideApplication(id)
  const [note, write] = useState('')
  const [choice, choose] = useState<'approve' | 'reject' | 'return'>('approve')
  return (
    <section className="card">
      <header><h2>{said.decide}</h2></header>
      <form className="body stack" onSubmit={(event) => { event.preventDefault(); decide.mutate({ decision: choice, note: note.trim() }) }}>
        <fieldset className="plain-choices">
          <legend className="unseen">{said.decide}</legend>
          {(['approve', 'return', 'reject'] as const).map((value) => (
            <label key={value}><input type="radio" name="decision" checked={choice === value} onChange={() => choose(value)} /> {said[value]}</label>
          ))}
        </fieldset>
        <label className="field"><span className="label">{said.note}</span><textarea value={note} onChange={(event) => write(event.target.value)} /></label>
        {decide.error && <Notice tone="red" icon="warn" role="alert" title={decide.error.message}>{(decide.error as { detail?: string }).detail}</Notice>}
        <div><Button type="submit" look="primary" isPending={decide.isPending} isDisabled={choice !== 'approve' && !note.trim()}>{said.as(user.displayName || user.name)}</Button></div>
        <p className="small dim">{said.effect}</p>
      </form>
    </section>
  )
}
