import { expect, it } from 'vitest'
import { entryOf } from './queries.ts'

it.each([['?entry=182', 182], ['entry=0&actor=x', 0], ['', undefined], ['?entry=', undefined], ['?entry=-1', undefined], ['?entry=1e3', undefined], ['?entry=../x', undefined]])('%s names entry %s', (search, entry) => {
  expect(entryOf(search)).toBe(entry)
})
