import { has, useMe } from '../api/session.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Head, LinkButton, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { ApplicationLines } from './lines.tsx'
import { useApplications } from './queries.ts'
import { texts } from './texts.ts'

export default function Applications() {
  const said = usePhrases(texts)
  const applications = useApplications()
  useTitle(said.title)
  return (
    <div className="page">
      <Head title={said.title} lede={said.lede}>{has(useMe(), 'researcher') && <LinkButton to="/applications/new" look="primary" icon="form">{said.apply}</LinkButton>}</Head>
      <section className="card"><Loaded from={applications}>{({ items }) => <ApplicationLines applications={items} />}</Loaded></section>
    </div>
  )
}
