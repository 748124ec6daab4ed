import { Link } from 'wouter'
import { has, useMe } from '../api/session.ts'
import type { Permit, Project } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Head, LinkButton, Notice, StateChip, useNow, useTitle } from '../kit/kit.tsx'
import { Bones, Loaded } from '../kit/Loaded.tsx'
import { ClosingCard, endsProjects } from './ClosingCard.tsx'
import { PermitFacts } from './PermitFacts.tsx'
import { grants, useClosing, usePermit, useProject, useTables } from './queries.ts'
import { ledeOf, type Standing, standing } from './standing.ts'
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
  const me = useMe()
  const stands = standing(known, now)
  const over = stands !== 'active'
  const member = !!project.member
  const closing = useClosing(project.id, endsProjects(me)).data
  const works = member && has(me, 'researcher', 'analyst')
  const visits = member && has(me, 'researcher')
  useTitle(text(project.title))
  return (
    <div className="page">
      <Head
        title={text(project.title)}
        crumbs={<><Link href="/projects">{said.title}</Link><span aria-hidden="true">/</span><code>{project.id}</code><StateChip state={stands} /></>}
        lede={closing?.state === 'destroying' ? null : <Sentence permit={known} stands={stands} member={member} />}
      >
        {works && <LinkButton to={`/outputs?project=${project.id}`} icon="box">{said.outputs}</LinkButton>}
        {works && !over && <LinkButton to={`/inputs?project=${project.id}`} icon="upload">{said.bring}</LinkButton>}
        {visits && !over && known.visiting?.desktop && <LinkButton to="/workspaces" icon="desktop">{said.desktop}</LinkButton>}
        {has(me, 'security') && <LinkButton to={`/log/of/${project.id}`} icon="log">{said.life}</LinkButton>}
        {works && !over && <LinkButton to={`/projects/${project.id}/sql`} look="primary" icon="sql">{said.write}</LinkButton>}
      </Head>
      <section className="card">
        <header>
          <h2>{said.permit}</h2>
          {known.version !== undefined && <span className="small dim">{said.permitVersion(known.version)}</span>}
        </header>
        <div className="body">{permit.isPending && !project.permit ? <Bones /> : <PermitFacts permit={known} closed={closing?.closed ?? project.closed} />}</div>
      </section>
      {works && <Tables project={project.id} over={over} />}
      <ClosingCard project={project.id} title={text(project.title)} />
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

/** The permit in one sentence: which data, until when, and for whom. */
function Sentence({ permit, stands, member }: { permit: Partial<Permit>; stands: Standing; member: boolean }) {
  const said = usePhrases(texts)
  const text = useText()
  const format = useFormat()
  const lede = ledeOf(stands, member)
  if (lede === 'closed') return <>{said.closed}</>
  if (!permit.expires) return null
  const until = format.date(permit.expires)
  if (lede === 'expiredForMembers' || lede === 'expiredForOthers') return <>{said[lede](until)}</>
  const data = grants(permit).map((grant) => text(grant.title) || grant.dataset)
  return <>{said[lede](data.join(' + ') || '–', until)}</>
}
