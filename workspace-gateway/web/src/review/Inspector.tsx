import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Chip } from '../kit/kit.tsx'
import type { Marked } from './table.ts'
import { texts } from './texts.ts'

/** Why a cell is marked, who stands behind it, and what an outsider could still compute. */
export function Inspector({ row, column, value, cell }: { row: number; column: string; value: unknown; cell: Marked | undefined }) {
  const said = usePhrases(texts)
  const text = useText()
  const format = useFormat()
  const number = (given: number | null | undefined) => (given == null ? <span className="dim">{said.unknown}</span> : format.number(given))
  return (
    <div className="inspector" aria-live="polite" role="status">
      <div className="row">
        <strong>{said.place(row + 1, column)}</strong>
        {cell && cell.status !== 'safe' && cell.status !== 'empty' && <Chip tone={cell.status === 'primary' ? 'red' : 'amber'} icon={cell.status === 'primary' ? 'lock' : 'diamond'}>{said[cell.status]}</Chip>}
        {cell?.status === 'safe' && <Chip tone="green" icon="check">{said.safe}</Chip>}
        {cell?.rules?.map((rule) => <code key={rule} className="dim small">{rule}</code>)}
      </div>
      {!cell ? <p className="soft small">{said.pickCell}</p> : (
        <div className="inspected">
          <p className="soft">
            {cell.findings.length > 0
              ? cell.findings.map((finding) => [...new Set([text(finding.message), text(finding.evidence)])].join(' ')).join(' ')
              : cell.status === 'primary' ? said.primaryWhy : cell.status === 'secondary' ? said.secondaryWhy : ''}
          </p>
          <dl>
            <div><dt>{said.value}</dt><dd>{typeof value === 'number' ? format.number(value) : String(value ?? cell.value ?? '–')}</dd></div>
            <div><dt>{said.persons}</dt><dd>{number(cell.persons)}</dd></div>
            <div><dt>{said.facilities}</dt><dd>{number(cell.facilities)}</dd></div>
            {(cell.status === 'primary' || cell.status === 'secondary') && <div><dt>{said.interval}</dt><dd><Interval cell={cell} /></dd></div>}
          </dl>
        </div>
      )}
    </div>
  )
}

/** The protection interval, drawn: the true value is the dot, what remains possible is the band. */
function Interval({ cell: { lower, upper, value } }: { cell: Marked }) {
  const said = usePhrases(texts)
  const format = useFormat()
  if (lower == null) return <span className="dim">{said.noInterval}</span>
  if (upper == null) return <>{said.atLeast(format.number(lower))}</>
  const room = Math.max(upper * 1.15, 1)
  const part = (at: number) => `${Math.max(0, Math.min(100, (at / room) * 100))}%`
  return (
    <span className="interval">
      <span>{said.from(format.number(lower), format.number(upper))}</span>
      <span className="scale" aria-hidden="true">
        <i style={{ left: part(lower), width: part(upper - lower) }} />
        {typeof value === 'number' && <b style={{ left: part(value) }} />}
      </span>
    </span>
  )
}
