import { describe, expect, it } from 'vitest'
import type { Compared } from '../api/types.ts'
import { comparedWith, outcomeOf } from './earlier.ts'

const fine: Compared = { releases: 2, known: true, cells: 40, unknown: [], damaged: [], complete: true, differences: [] }

describe('an output beside earlier releases', () => {
  it('is good news only where everything was compared', () => {
    expect(outcomeOf(fine, 2)).toBe('none')
    expect(outcomeOf({ ...fine, complete: false }, 2)).toBe('incomplete')
    expect(outcomeOf({ ...fine, unknown: ['o-1'], damaged: ['o-2'], cells: 0 }, 2)).toBe('incomplete')
  })
  it('says that nothing was compared where nobody knows who stands behind it', () => {
    expect(outcomeOf({ ...fine, known: false, cells: 29 }, 2)).toBe('unknown')
    expect(outcomeOf(null, 1)).toBe('unknown')
  })
  it('has nothing to be compared with before the first release', () => {
    expect(outcomeOf({ ...fine, releases: 0, known: false }, 0)).toBe('nothing')
    expect(outcomeOf(undefined, 0)).toBe('nothing')
  })
  it('counts the releases that it was compared with, not those of which nothing is known', () => {
    expect(comparedWith({ ...fine, unknown: ['o-1'] })).toBe(1)
  })
})
