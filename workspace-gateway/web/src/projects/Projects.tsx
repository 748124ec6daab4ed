import { has, useMe } from '../api/session.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Empty, Head, LinkButton, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { ProjectLines } from './lines.tsx'
import { useProjects } from './queries.ts'
import { waitsForDecision } from './standing.ts'
import { texts } from './texts.ts'

export default function Projects() {
  const said = usePhrases(texts)
  const projects = useProjects()
  const me = useMe()
  const applies = has(me, 'researcher')
  const works = has(me, 'researcher', 'analyst')
  const toClose = projects.data?.items.filter((project) => waitsForDecision(project, me)).length ?? 0
  useTitle(said.title)
  const apply = applies && <LinkButton to="/applications/new" icon="form">{said.apply}</LinkButton>
  return (
    <div className="page">
      <Head title={said.title} lede={toClose ? said.toClose(toClose) : works ? said.lede : said.ledeOverseer}>{apply}</Head>
      <section className="card">
        <Loaded from={projects}>
          {({ items }) => (items.length ? <ProjectLines projects={items} /> : <Empty icon="folder" title={works ? said.none : said.noneOverseer} act={apply}>{works ? said.noneHint : said.noneOverseerHint}</Empty>)}
        </Loaded>
      </section>
    </div>
  )
}
