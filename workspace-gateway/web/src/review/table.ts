import type { Cell, ColumnRole, Evidence, Finding, Grid } from '../api/types.ts'

export type Place = { row: number; column: string | null; at: number }
export type View = 'original' | 'amended' | 'both'
export type Shown = { name: string; numeric: boolean; measure: boolean; amended: boolean; from: number; width: number }
export type Marked = Cell & { findings: Finding[] }

export const columnNames = (grid: Grid): string[] => grid.columns.map((column) => (typeof column === 'string' ? column : column.name))

export const cellKey = (row: number, column: string): string => `${row}\u0000${column}`

/** Every cell the checker spoke of, with the findings that point at it. */
export function marks(evidence: Evidence, findings: Finding[]): Map<string, Marked> {
  const found = new Map<string, Marked>()
  for (const cell of evidence.judgement?.evidence?.cells ?? []) found.set(cellKey(cell.row, cell.column), { ...cell, findings: [] })
  for (const finding of findings) {
    const { where } = finding
    if (where && typeof where === 'object' && where.row != null && where.column) found.get(cellKey(where.row, where.column))?.findings.push(finding)
  }
  return found
}

/** What a row is called: the labels of its keys. */
export function labelsOf({ table, judgement }: Evidence, row: number): string {
  const cells = table?.rows[row]
  if (!table || !cells) return ''
  const roles = judgement?.evidence?.structure?.columns
  return columnNames(table)
    .map((name, at) => (roles?.find(({ column }) => column === name)?.role === 'key' ? String(cells[at] ?? '–') : ''))
    .filter(Boolean)
    .join(' · ')
}

/** What an outsider can still compute, in the width of a cell; empty where nothing is known. */
export function rangeOf(cell: Cell | undefined, number: (value: number) => string): string {
  if (!isRisky(cell) || cell?.lower == null) return ''
  return cell.upper == null ? `≥ ${number(cell.lower)}` : `${number(cell.lower)}–${number(cell.upper)}`
}

export const isRisky = (cell: Cell | undefined): boolean => cell?.status === 'primary' || cell?.status === 'secondary'

/** Columns in the order in which they stand; side by side, the amended measures follow the computed ones. */
export function shownColumns(grid: Grid, roles: ColumnRole[] | undefined, view: View): Shown[] {
  const names = columnNames(grid)
  const base = names.map((name, from): Shown => {
    const role = roles?.find(({ column }) => column === name)?.role
    const numeric = role ? role !== 'key' && isNumeric(grid, from) : isNumeric(grid, from)
    return { name, numeric, measure: role ? role !== 'key' : numeric, amended: view === 'amended', from, width: widthOf(grid, from, name) }
  })
  return view === 'both' ? [...base, ...base.filter(({ measure }) => measure).map((column) => ({ ...column, amended: true, width: Math.max(column.width, wideLength(column.name) + 14, 20) }))] : base
}

const sample = 200

function isNumeric(grid: Grid, column: number): boolean {
  const seen = grid.rows.slice(0, sample).map((row) => row[column]).filter((value) => value !== null && value !== '')
  return seen.length > 0 && seen.every((value) => typeof value === 'number' || (typeof value === 'string' && /^-?\d[\d.,e+-]*$/i.test(value)))
}

/** In character widths; a wide (Japanese) character counts two. */
function wideLength(value: unknown): number {
  return [...String(value ?? '')].reduce((sum, char) => sum + (char.codePointAt(0)! > 0x2e7f ? 2 : 1), 0)
}

function widthOf(grid: Grid, column: number, name: string): number {
  const longest = grid.rows.slice(0, sample).reduce((most, row) => Math.max(most, wideLength(row[column])), wideLength(name))
  return Math.max(6, Math.min(32, longest)) + 4
}

/** The next risky cell after (or before) a place, going round; null when there is none. */
export function nextRisky(cells: Marked[], names: string[], at: { row: number; column: number }, by: 1 | -1): { row: number; column: number } | null {
  const width = names.length
  const order = cells.filter(isRisky).map(({ row, column }) => row * width + names.indexOf(column)).sort((a, b) => a - b)
  if (order.length === 0) return null
  const here = at.row * width + at.column
  const next = by === 1 ? (order.find((place) => place > here) ?? order[0]!) : (order.findLast((place) => place < here) ?? order.at(-1)!)
  return { row: Math.floor(next / width), column: next % width }
}
