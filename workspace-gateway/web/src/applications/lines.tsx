import { Link } from 'wouter'
import type { Application } from '../api/types.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Empty, StateChip, Time, useName } from '../kit/kit.tsx'
import { texts } from './texts.ts'

export function ApplicationLines({ applications }: { applications: Application[] }) {
  const said = usePhrases(texts)
  const text = useText()
  const name = useName()
  if (applications.length === 0) return <Empty icon="form" title={said.none}>{said.noneHint}</Empty>
  return (
    <ul className="rows two">
      {applications.map((application) => (
        <li key={application.id}>
          <Link href={`/applications/${application.id}`} className="line">
            <span className="title">{text(application.title)}</span>
            <StateChip state={application.state} />
            <span className="under">{name(application.applicant)}</span>
            <span className="under num"><Time at={application.submitted} /></span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
