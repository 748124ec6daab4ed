import { describe, expect, it } from 'vitest'
import { tokens } from './tokens.ts'

const samples = ["select 1", "-- a 'comment'\nselect \"group\" from t where x = 'it''s' /* open", '', '選択 123.5e2 from 患者', "'"]

describe('SQL tokens', () => {
  it.each(samples)('join to the text again: %s', (sql) => {
    expect(tokens(sql).map(({ text }) => text).join('')).toBe(sql)
  })
  it('know a keyword from a quoted name', () => {
    expect(tokens('select "from"').filter(({ kind }) => kind === 'keyword').map(({ text }) => text)).toEqual(['select'])
  })
})
