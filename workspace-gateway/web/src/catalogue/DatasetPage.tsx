import { Link } from 'wouter'
import type { Dataset } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Chip, Head, Time, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { TableList } from '../projects/TableList.tsx'
import { useDataset } from './queries.ts'
import { texts } from './texts.ts'
import './catalogue.css'

export default function DatasetPage({ id }: { id: string }) {
  return <Loaded from={useDataset(id)}>{(dataset) => <Found dataset={dataset} />}</Loaded>
}

function Found({ dataset }: { dataset: Dataset }) {
  const said = usePhrases(texts)
  const text = useText()
  const format = useFormat()
  const snapshot = typeof dataset.snapshot === 'object' ? dataset.snapshot : null
  const persons = dataset.persons ?? snapshot?.persons
  const rows = snapshot?.rows
  const tables = (dataset.tables ?? []).map((table) => ({ ...table, rows: table.rows ?? rows?.[table.name] }))
  useTitle(text(dataset.title))
  return (
    <div className="page">
      <Head title={text(dataset.title)} lede={text(dataset.description)} crumbs={<><Link href="/catalogue">{said.title}</Link><span aria-hidden="true">/</span><code>{dataset.id}</code></>} />
      <section className="card">
        <div className="body">
          <dl className="facts">
            {text(dataset.publisher) && (<><dt>{said.publisher}</dt><dd>{text(dataset.publisher)}</dd></>)}
            {persons !== undefined && (<><dt>{said.persons}</dt><dd>{format.number(persons)}</dd></>)}
            {snapshot?.loaded && (<><dt>{said.snapshot}</dt><dd><Time at={snapshot.loaded} style="date" /></dd></>)}
            {dataset.healthCategory && (<><dt>{said.category}</dt><dd>{said.categoryText(dataset.healthCategory)}</dd></>)}
            {dataset.keywords && dataset.keywords.length > 0 && (<><dt>{said.keywords}</dt><dd className="row">{dataset.keywords.map((word) => <Chip key={word}>{word}</Chip>)}</dd></>)}
          </dl>
          <p className="small dim after">{said.noRows}</p>
        </div>
      </section>
      {tables.length > 0 && <section className="card"><TableList tables={tables} title={said.tables} /></section>}
    </div>
  )
}
