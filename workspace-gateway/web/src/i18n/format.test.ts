import { describe, expect, it } from 'vitest'
import { formatIn } from './format.ts'

const ja = formatIn('ja', 'Asia/Tokyo')
const en = formatIn('en', 'Asia/Tokyo')
const now = new Date('2026-11-20T06:00:00Z')

describe('numbers and times', () => {
  it('are written as readers write them', () => {
    expect(ja.date('2026-11-20')).toBe('2026年11月20日')
    expect(en.date('2026-11-20')).toBe('20 Nov 2026')
    expect(ja.date('2026-11-19T15:30:00Z')).toBe('2026年11月20日')
    expect(en.number(4812330)).toBe('4,812,330')
  })
  it('show today only by the hour', () => {
    expect(en.moment('2026-11-20T03:05:00Z', now)).toBe('12:05')
    expect(en.moment('2026-11-18T03:05:00Z', now)).toBe('18 Nov 12:05')
    expect(en.moment('2025-11-18T03:05:00Z', now)).toBe('18 Nov 2025')
  })
  it('say how long ago', () => {
    expect(ja.ago('2026-11-20T04:00:00Z', now)).toBe('2 時間前')
    expect(en.ago('2026-11-20T05:59:40Z', now)).toBe('now')
  })
  it('give sizes and durations', () => {
    expect(en.bytes(842)).toBe('842 B')
    expect(en.bytes(1_250_000)).toBe('1.3 MB')
    expect(ja.took(3_400)).toBe('3.4秒')
    expect(ja.took(125_000)).toBe('2分5秒')
    expect(en.took(-5)).toBe('0.0 s')
  })
  it('count a permit as good until its last day is over', () => {
    const today = new Date(2026, 10, 20, 15, 0)
    expect(en.days('2026-11-20', today)).toBe(1)
    expect(en.days('2026-11-19', today)).toBeLessThanOrEqual(0)
  })
})
