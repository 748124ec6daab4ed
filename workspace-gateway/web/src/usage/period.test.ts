import { describe, expect, it, vi } from 'vitest'
import { since } from './period.ts'

vi.stubEnv('TZ', 'Asia/Tokyo')

describe('the days of a period', () => {
  it('are told where the reader is', () => expect(new Date(2026, 3, 1).getTimezoneOffset()).toBe(-540))
  it('begin on the day of the reader, in the small hours and late at night alike', () => {
    expect(since(1, new Date(2026, 3, 1, 0, 30))).toBe('2026-04-01')
    expect(since(1, new Date(2026, 3, 1, 23, 30))).toBe('2026-04-01')
    expect(since(7, new Date(2026, 3, 1, 8))).toBe('2026-03-26')
    expect(since(30, new Date(2026, 0, 5, 8))).toBe('2025-12-07')
  })
  it('are all of them when none are counted', () => expect(since(0)).toBeUndefined())
})
