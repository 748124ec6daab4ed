import { Link } from 'wouter'
import type { CellEvidence, Evidence } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Notice, StateChip, Time } from '../kit/kit.tsx'
import { texts } from './texts.ts'

/** What the attack on the amended table found, how the table was read, and what this project was given before. */
export function AuditCard({ evidence: { audit, structure }, related }: { evidence: CellEvidence; related: Evidence['related'] }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const exact = audit?.exactlyComputable ?? 0
  const keys = structure?.columns.filter(({ role }) => role === 'key') ?? []
  const measures = structure?.columns.filter(({ role }) => role !== 'key') ?? []
  return (
    <section className="card">
      <header><h2>{said.audit}</h2></header>
      <div className="body stack">
        {audit && (
          <Notice tone={exact > 0 ? 'red' : 'green'} icon={exact > 0 ? 'warn' : 'shield'}>
            {audit.hidden === 0 ? said.auditEmpty : exact > 0 ? said.auditSome(format.number(exact)) : said.auditNone(format.number(audit.hidden))}
          </Notice>
        )}
        <dl className="facts">
          {audit && audit.hidden > 0 && (<><dt>{said.hiddenCells}</dt><dd>{said.hiddenOf(format.number(audit.primary), format.number(audit.secondary))}</dd></>)}
          {audit?.method && (<><dt>{said.method}</dt><dd className="soft">{audit.method}</dd></>)}
          {structure && (
            <>
              <dt>{said.keys}</dt>
              <dd>{keys.length ? keys.map(({ column }) => <code key={column} className="tag">{column}</code>) : said.none}</dd>
              <dt>{said.measures}</dt>
              <dd>{measures.length ? measures.map(({ column, role, counts }) => <span key={column} className="tag"><code>{column}</code> <span className="dim">{role}{counts ? ` · ${counts}` : ''}</span></span>) : said.none}</dd>
              <dt>{said.totals}</dt>
              <dd>{structure.totalRows.length ? structure.totalRows.slice(0, 30).map((row) => row + 1).join(', ') : said.none}</dd>
            </>
          )}
          <dt>{said.related}</dt>
          <dd>
            {related?.length ? (
              <ul className="stack close">
                {related.map((one) => (
                  <li key={one.id} className="row">
                    <Link href={`/review/${one.id}`}>{one.title || one.id}</Link>
                    {one.state && <StateChip state={one.state} />}
                    <span className="dim small"><Time at={one.released ?? one.at} /></span>
                  </li>
                ))}
              </ul>
            ) : <span className="soft">{said.noRelated}</span>}
          </dd>
        </dl>
      </div>
    </section>
  )
}
