import { describe, expect, it } from 'vitest'
import { clock, placeAt } from './time.ts'

describe('the time of a recording', () => {
  it('is written as on a player', () => {
    expect(clock(7_900)).toBe('0:07')
    expect(clock(725_000)).toBe('12:05')
    expect(clock(3_753_000)).toBe('1:02:33')
    expect(clock(-5)).toBe('0:00')
  })
  it('goes as fast as asked, and not beyond the end', () => {
    expect(placeAt(1_000, 500, 8, 60_000)).toBe(5_000)
    expect(placeAt(59_000, 1_000, 16, 60_000)).toBe(60_000)
  })
})
