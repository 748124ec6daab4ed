import { expect, test } from 'vitest'
import { monday } from './week.ts'

test('a week begins on its Monday, on every day of it', () => {
  for (let day = 16; day <= 22; day++) expect(monday(0, new Date(2026, 10, day, 23, 59))).toBe('2026-11-16')
  expect(monday(0, new Date(2026, 10, 23))).toBe('2026-11-23')
})

test('weeks before reach over the ends of months and years', () => {
  expect(monday(1, new Date(2026, 10, 22))).toBe('2026-11-09')
  expect(monday(1, new Date(2027, 0, 3))).toBe('2026-12-21')
})
