import { describe, expect, it } from 'vitest'
import type { Finding } from '../api/types.ts'
import { grouped } from './groups.ts'

const at = (rule: string, severity: Finding['severity'], row: number, en = '< 10'): Finding => ({ rule, severity, where: { row, column: 'n' }, message: { ja: '10未満', en } })

describe('findings', () => {
  it('that say the same become one, with all of their places', () => {
    const groups = grouped([at('minimum-persons', 'fail', 1), at('minimum-persons', 'fail', 7)], 'en')
    expect(groups).toHaveLength(1)
    expect(groups[0]?.findings).toHaveLength(2)
  })
  it('come with the gravest first', () => {
    expect(grouped([at('a', 'info', 0), at('b', 'fail', 0), at('c', 'review', 0)], 'ja').map(({ rule }) => rule)).toEqual(['b', 'c', 'a'])
  })
  it('of different words stay apart', () => expect(grouped([at('a', 'fail', 0), at('a', 'fail', 0, 'other')], 'en')).toHaveLength(2))
})
