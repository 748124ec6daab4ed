import { Link, Redirect } from 'wouter'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Empty, Head, useNow, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { isOver, useOwnProjects } from '../projects/queries.ts'
import { texts } from './texts.ts'

/** Straight into the only project; a choice where there are several. */
export default function NotebooksDoor() {
  const said = usePhrases(texts)
  const text = useText()
  const projects = useOwnProjects()
  const now = useNow()
  useTitle(said.title)
  return (
    <Loaded from={projects}>
      {({ items }) => {
        const open = items.filter((project) => !isOver(project.permit ?? project, now))
        if (open.length === 1) return <Redirect to={`/projects/${open[0]!.id}/notebooks`} replace />
        return (
          <div className="page narrow">
            <Head title={said.choose} lede={said.chooseHint} />
            <section className="card">
              {open.length === 0 && <Empty icon="book" title={said.none}>{said.noneHint}</Empty>}
              <ul className="rows">
                {open.map((project) => (
                  <li key={project.id}>
                    <Link href={`/projects/${project.id}/notebooks`} className="line"><span className="title">{text(project.title)}</span></Link>
                  </li>
                ))}
              </ul>
            </section>
          </div>
        )
      }}
    </Loaded>
  )
}
