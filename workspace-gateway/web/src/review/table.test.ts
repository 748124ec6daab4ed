import { describe, expect, it } from 'vitest'
import type { Evidence } from '../api/types.ts'
import { cellKey, isRisky, labelsOf, marks, nextRisky, rangeOf, shownColumns } from './table.ts'

const grid = { columns: ['県', 'n'], rows: [['東京', 120], ['長野', 4], ['計', 124]] }
const evidence: Evidence = {
  table: grid,
  judgement: {
    verdict: 'amendable',
    rules: 'ndb@2024-11',
    findings: [],
    evidence: { cells: [{ row: 1, column: 'n', status: 'primary', persons: 4, rules: ['minimum-persons'] }, { row: 0, column: 'n', status: 'secondary' }, { row: 2, column: 'n', status: 'safe' }] },
  },
}
const findings = [{ rule: 'minimum-persons', severity: 'fail' as const, where: { row: 1, column: 'n' }, message: '< 10' }]

describe('the table under review', () => {
  it('joins cells with the findings that point at them', () => {
    const found = marks(evidence, findings)
    expect(found.get(cellKey(1, 'n'))?.findings).toHaveLength(1)
    expect(isRisky(found.get(cellKey(2, 'n')))).toBe(false)
  })
  it('repeats only the measures side by side', () => {
    expect(shownColumns(grid, undefined, 'both').map(({ name, amended }) => [name, amended])).toEqual([['県', false], ['n', false], ['n', true]])
  })
  it('aligns numbers, not keys that look like numbers', () => {
    const codes = { columns: ['code', 'n'], rows: [['13', 5]] }
    const roles = [{ column: 'code', role: 'key' as const, of: 'statement' }, { column: 'n', role: 'count' as const, of: 'statement' }]
    expect(shownColumns(codes, roles, 'original').map(({ numeric }) => numeric)).toEqual([false, true])
  })
  it('goes round from the last risky cell to the first', () => {
    const cells = [...marks(evidence, findings).values()]
    expect(nextRisky(cells, ['県', 'n'], { row: 0, column: 1 }, 1)).toEqual({ row: 1, column: 1 })
    expect(nextRisky(cells, ['県', 'n'], { row: 1, column: 1 }, 1)).toEqual({ row: 0, column: 1 })
    expect(nextRisky(cells, ['県', 'n'], { row: 0, column: 1 }, -1)).toEqual({ row: 1, column: 1 })
    expect(nextRisky([], ['県', 'n'], { row: 0, column: 1 }, -1)).toBeNull()
  })
  it('calls a row by its keys', () => {
    const structure = { rows: 3, columns: [{ column: '県', role: 'key' as const, of: 'statement' }, { column: 'n', role: 'count' as const, of: 'statement' }], totalRows: [2] }
    const known = { ...evidence, judgement: { ...evidence.judgement!, evidence: { ...evidence.judgement!.evidence!, structure } } }
    expect(labelsOf(known, 1)).toBe('長野')
    expect(labelsOf(known, 9)).toBe('')
    expect(labelsOf(evidence, 1)).toBe('')
  })
  it('says what an outsider can still compute, of hidden cells alone', () => {
    const cell = { row: 0, column: 'n', lower: 1, upper: 9 }
    expect(rangeOf({ ...cell, status: 'primary' }, String)).toBe('1–9')
    expect(rangeOf({ ...cell, status: 'secondary', upper: null }, String)).toBe('≥ 1')
    expect(rangeOf({ ...cell, status: 'safe' }, String)).toBe('')
    expect(rangeOf({ row: 0, column: 'n', status: 'primary' }, String)).toBe('')
  })
})
