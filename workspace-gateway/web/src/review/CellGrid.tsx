import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import type { Rows } from './rows.ts'
import { cellKey, isRisky, type Marked, rangeOf, type Shown } from './table.ts'
import { texts } from './texts.ts'

type At = { row: number; column: number }
type Props = { columns: Shown[]; rows: Rows; found: Map<string, Marked>; totals: number[]; at: At; onMove(at: At): void; onHover(at: At | null): void }

const rowHeight = 30
const headHeight = 34
const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-15, 0], PageDown: [15, 0] }

/** A grid that draws only what is in sight. Arrow keys move; the cell in focus is explained below the grid. */
export function CellGrid({ columns, rows, found, totals, at, onMove, onHover }: Props) {
  const said = usePhrases(texts)
  const place = useRef<HTMLDivElement>(null)
  const moved = useRef(false)
  const count = rows.original.length
  const virtual = useVirtualizer({ count, getScrollElement: () => place.current, estimateSize: () => rowHeight, overscan: 12, scrollMargin: headHeight, scrollPaddingStart: headHeight, scrollPaddingEnd: 4 })
  const items = virtual.getVirtualItems()
  const template = `56px ${columns.map(({ width }) => `${width}ch`).join(' ')} 1fr`
  const firstAmended = columns.findIndex(({ amended }, index) => amended && index > 0 && !columns[index - 1]!.amended)

  useEffect(() => {
    if ((items.at(-1)?.index ?? 0) > count - 40) rows.more()
  })
  useEffect(() => {
    virtual.scrollToIndex(at.row, { align: 'auto' })
    if (!moved.current) return
    moved.current = false
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>('[data-here]')?.focus({ preventScroll: true }))
  }, [at, virtual])

  const keys = (event: KeyboardEvent) => {
    const step = steps[event.key] ?? (event.key === 'Home' ? [-count, 0] : event.key === 'End' ? [count, 0] : null)
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    moved.current = true
    const last = Math.max(...columns.map(({ from }) => from))
    onMove({ row: clamp(at.row + step[0]!, count - 1), column: clamp(at.column + step[1]!, last) })
  }
  const total = new Set(totals)
  return (
    <div className="grid-scroll" ref={place} onMouseLeave={() => onHover(null)}>
      <div role="grid" aria-label={said.table} aria-rowcount={count + 1} aria-colcount={columns.length + 1} onKeyDown={keys} className="grid" style={{ ['--columns' as string]: template }}>
        <div role="row" aria-rowindex={1} className="grid-row head-row">
          <span role="columnheader" className="index">#</span>
          {columns.map((column, index) => (
            <span role="columnheader" key={index} className={`${column.numeric ? 'num' : ''} ${index === firstAmended ? 'first-amended' : ''}`}>
              {column.name}
              {column.amended && <em>{said.amended}</em>}
            </span>
          ))}
        </div>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {items.map(({ index: row, start }) => (
            <div role="row" key={row} aria-rowindex={row + 2} className={`grid-row ${total.has(row) ? 'total' : ''}`} style={{ transform: `translateY(${start - headHeight}px)` }}>
              <span role="rowheader" className="index">{row + 1}</span>
              {columns.map((column, index) => (
                <GridCell
                  key={index}
                  column={column}
                  value={(column.amended ? rows.amended : rows.original)?.[row]?.[column.from]}
                  cell={found.get(cellKey(row, column.name))}
                  here={!column.amended && at.row === row && at.column === column.from}
                  first={index === firstAmended}
                  onFocus={() => onMove({ row, column: column.from })}
                  onHover={() => onHover({ row, column: column.from })}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

type CellProps = { column: Shown; value: unknown; cell: Marked | undefined; here: boolean; first: boolean; onFocus(): void; onHover(): void }

function GridCell({ column, value, cell, here, first, onFocus, onHover }: CellProps) {
  const said = usePhrases(texts)
  const format = useFormat()
  const risky = isRisky(cell)
  const shown = value === null || value === undefined ? '' : typeof value === 'number' ? format.number(value) : column.numeric && /^-?\d+(\.\d+)?$/.test(String(value)) ? format.number(Number(value)) : String(value)
  const range = rangeOf(cell, format.number)
  const reason = risky ? (cell!.status === 'primary' ? said.primary : said.secondary) : undefined
  return (
    <span
      role="gridcell"
      tabIndex={here ? 0 : -1}
      data-here={here || undefined}
      className={`cell ${column.numeric ? 'num' : ''} ${risky ? cell!.status : ''} ${column.amended ? 'amended' : ''} ${first ? 'first-amended' : ''}`}
      aria-label={reason && [shown || said.emptyCell, reason, range && `${said.interval} ${range}`].filter(Boolean).join(', ')}
      onFocus={onFocus}
      onMouseDown={onFocus}
      onMouseEnter={onHover}
    >
      {risky && !column.amended && <Icon name={cell!.status === 'primary' ? 'lock' : 'diamond'} size={12} />}
      {column.amended && range && <span className="range">{range}</span>}
      {value === null ? <i className="null">NULL</i> : shown}
    </span>
  )
}

const clamp = (value: number, most: number) => Math.max(0, Math.min(value, most))
