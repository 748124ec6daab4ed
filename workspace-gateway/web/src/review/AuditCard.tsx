import type { CellEvidence } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Notice } from '../kit/kit.tsx'
import { texts } from './texts.ts'

/** What the attack on the amended table found, and how the table was read. */
export function AuditCard({ evidence: { audit, structure } }: { evidence: CellEvidence }) {
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
              {structure.hierarchies?.length ? (<><dt>{said.hierarchy}</dt><dd>{structure.hierarchies.map((chain) => <span key={chain.join()} className="tag">{chain.map((column, level) => <span key={column}>{level > 0 && <span className="dim" aria-label={said.above}> › </span>}<code>{column}</code></span>)}</span>)}</dd></>) : null}
              <dt>{said.totals}</dt>
              <dd>{structure.totalRows.length ? `${structure.totalRows.slice(0, 30).map((row) => row + 1).join(', ')}${structure.totalRows.length > 30 ? ', …' : ''}` : said.none}</dd>
            </>
          )}
        </dl>
      </div>
    </section>
  )
}
