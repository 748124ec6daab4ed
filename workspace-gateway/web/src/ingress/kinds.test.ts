import { describe, expect, it } from 'vitest'
import type { Input } from '../api/types.ts'
import { byTurn, kindOf, scanState } from './kinds.ts'

describe('the kind of a file', () => {
  it.each([['codes.csv', 'file'], ['lifelines-0.30.0-py3-none-any.whl', 'python-wheel'], ['survminer_0.5.1.tar.gz', 'r-package'], ['survminer_0.5.1_R_x86_64-pc-linux-gnu.tar.gz', 'r-package'], ['data.tar.gz', 'file'], ['oncology_1.0.tar', 'container-image'], ['Data.tar', 'file']])('%s is a %s', (name, kind) => expect(kindOf(name)).toBe(kind))
})

describe('inputs', () => {
  const input = (id: string, state: Input['state'], created: string) => ({ id, state, created }) as Input
  it('wait with the oldest first', () => {
    const { waiting, others } = byTurn([input('3', 'waiting', '2026-03'), input('2', 'delivered', '2026-02'), input('1', 'waiting', '2026-01')])
    expect(waiting.map(({ id }) => id)).toEqual(['1', '3'])
    expect(others.map(({ id }) => id)).toEqual(['2'])
  })
  it('say what the scanner said, in lists and alone', () => {
    expect(scanState({ scan: 'absent' })).toBe('absent')
    expect(scanState({ scan: { state: 'clean', words: '' } })).toBe('clean')
    expect(scanState({})).toBeUndefined()
  })
})
