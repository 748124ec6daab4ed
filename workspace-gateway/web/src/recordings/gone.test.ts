import { describe, expect, it } from 'vitest'
import { Problem } from '../api/client.ts'
import { isGone } from './queries.ts'
import { texts } from './texts.ts'

describe('a recording', () => {
  it('is gone when the gateway finds none of that name, and only then', () => {
    expect(isGone(new Problem(404, 'not-found', ''))).toBe(true)
    expect([new Problem(409, 'wrong-state', ''), new Problem(403, 'forbidden', ''), new Error('offline'), null].some(isGone)).toBe(false)
  })
  it('that is missing from the list says nothing about the past', () => {
    expect(texts.none.en).not.toMatch(/yet/)
    expect(texts.none.ja).not.toMatch(/まだ/)
  })
})
