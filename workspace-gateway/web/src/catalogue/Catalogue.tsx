import { Link } from 'wouter'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Chip, Empty, Head, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { useDatasets } from './queries.ts'
import { texts } from './texts.ts'
import './catalogue.css'

export default function Catalogue() {
  const said = usePhrases(texts)
  const text = useText()
  const format = useFormat()
  const datasets = useDatasets()
  useTitle(said.title)
  return (
    <div className="page">
      <Head title={said.title} lede={datasets.data && said.lede(datasets.data.items.length)} />
      <Loaded from={datasets}>
        {({ items }) => items.length === 0 ? <div className="card"><Empty icon="book" title={said.none}>{said.noneHint}</Empty></div> : (
          <ul className="datasets">
            {items.map((dataset) => {
              const snapshot = typeof dataset.snapshot === 'object' ? dataset.snapshot : null
              const persons = dataset.persons ?? snapshot?.persons
              return (
                <li key={dataset.id}>
                  <Link href={`/catalogue/${dataset.id}`} className="card dataset">
                    <h2>{text(dataset.title)}</h2>
                    <p className="soft">{text(dataset.description)}</p>
                    <span className="row small dim">
                      {text(dataset.publisher) && <span>{text(dataset.publisher)}</span>}
                      {dataset.tables && <span>{said.tableCount(dataset.tables.length)}</span>}
                      {persons !== undefined && <span>{said.persons} {format.number(persons)}</span>}
                    </span>
                    {dataset.keywords && dataset.keywords.length > 0 && <span className="row">{dataset.keywords.slice(0, 6).map((word) => <Chip key={word}>{word}</Chip>)}</span>}
                  </Link>
                </li>
              )
            })}
          </ul>
        )}
      </Loaded>
    </div>
  )
}
