import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import type { PublicProject } from '../api/types.ts'
import { Empty, Head, StateChip, useNow, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { standing } from '../projects/standing.ts'
import { useRegister } from './queries.ts'
import { texts } from './texts.ts'
import './catalogue.css'

export default function Register() {
  const said = usePhrases(texts)
  const register = useRegister()
  useTitle(said.registerTitle)
  return (
    <div className="page">
      <Head title={said.registerTitle} lede={said.registerLede} />
      <Loaded from={register}>
        {({ items }) => items.length === 0 ? <div className="card"><Empty icon="globe" title={said.registerNone}>{said.registerNoneHint}</Empty></div> : (
          <ul className="stack">{items.map((project) => <One key={project.id} project={project} />)}</ul>
        )}
      </Loaded>
    </div>
  )
}

function One({ project }: { project: PublicProject }) {
  const said = usePhrases(texts)
  const text = useText()
  const format = useFormat()
  const stands = standing(project, useNow())
  const since = project.since ?? project.from
  const data = (project.datasets ?? project.data ?? []).map((one) => (typeof one === 'string' ? one : text(one.title) || one.dataset || one.id || ''))
  return (
    <li className="card body-card">
      <h2 className="row">{text(project.title)} {stands !== 'active' && <StateChip state={stands} />}</h2>
      <p>{text(project.purpose)}</p>
      <dl className="inline">
        <div><dt>{said.data}</dt><dd>{data.join(', ') || '–'}</dd></div>
        {since && <div><dt>{said.since}</dt><dd>{format.date(since)}</dd></div>}
        {stands !== 'closed' && project.expires && <div><dt>{said.until}</dt><dd>{format.date(project.expires)}</dd></div>}
      </dl>
    </li>
  )
}
