import { Link } from 'wouter'
import { has, useMe } from '../api/session.ts'
import type { Permit, Project } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Head, LinkButton, Notice, StateChip, useNow, useTitle } from '../kit/kit.tsx'
import { Bones, Loaded } from '../kit/Loaded.tsx'
import { ClosingCard } from './ClosingCard.tsx'
import { PermitFacts } from './PermitFacts.tsx'
import { grants, isOver, usePermit, useProject, useTables } from './queries.ts'
import { TableList } from './TableList.tsx'
import { texts } from './texts.ts'

export default function ProjectPage({ id }: { id: string }) {
  const project = useProject(id)
  return <Loaded from={project}>{(found) => <Found project={found} />}</Loaded>
}

function Found({ project }: { project: Project }) {
  const said = usePhrases(texts)
  const text = useText()
  const now = useNow()
  const permit = usePermit(project.id)
  const known = permit.data ?? (project.permit as Permit | undefined) ?? (project as Partial<Permit>)
  const over = isOver(known, now)
  const closed = known.state === 'closed'
  const me = useMe()
  const works = has(me, 'researcher', 'analyst')
  const visits = has(me, 'researcher')
  useTitle(text(project.title))
  return (
    <div className="page">
      <Head
        title={text(project.title)}
        crumbs={<><Link href="/projects">{said.title}</Link><span aria-hidden="true">/</span><code>{project.id}</code><StateChip state={closed ? 'closed' : over ? 'expired' : 'active'} /></>}
        lede={closed ? said.closedSentence : <Sentence permit={known} over={over} />}
      >
        <LinkButton to={`/outputs?project=${project.id}`} icon="box">{said.outputs}</LinkButton>
        {!over && works && <LinkButton to={`/inputs?project=${project.id}`} icon="upload">{said.bring}</LinkButton>}
        {!over && visits && known.visiting?.desktop && <LinkButton to="/workspaces" icon="desktop">{said.desktop}</LinkButton>}
        {!over && <LinkButton to={`/projects/${project.id}/sql`} look="primary" icon="sql">{said.write}</LinkButton>}
      </Head>
      <section className="card">
        <header>
          <h2>{said.permit}</h2>
          {known.version !== undefined && <span className="small dim">{said.permitVersion(known.version)}</span>}
        </header>
        <div className="body">{permit.isPending && !project.permit ? <Bones /> : <PermitFacts permit={known} />}</div>
      </section>
      {works && <Tables project={project.id} over={over} />}
      <ClosingCard project={project.id} />
    </div>
  )
}

function Tables({ project, over }: { project: string; over: boolean }) {
  const said = usePhrases(texts)
  const tables = useTables(project)
  return (
    <section className="card">
      {tables.error && over ? (
        <div className="body"><Notice tone="grey" icon="lock">{tables.error.message}</Notice></div>
      ) : (
        <Loaded from={tables}>{({ items }) => <TableList tables={items} title={said.tables} />}</Loaded>
      )}
    </section>
  )
}

/** The permit in one sentence: which data, until when. */
function Sentence({ permit, over }: { permit: Partial<Permit>; over: boolean }) {
  const said = usePhrases(texts)
  const text = useText()
  const format = useFormat()
  if (!permit.expires) return null
  const until = format.date(permit.expires)
  if (over) return <>{said.expiredSentence(until)}</>
  const data = grants(permit).map((grant) => text(grant.title) || grant.dataset)
  return <>{said.sentence(data.join(' + ') || '–', until)}</>
}
