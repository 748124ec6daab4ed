import { Text } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { offset } from './position.ts'

const text = Text.of(['select 1', 'from 患者', ''])

describe('a place in the text', () => {
  it('counts from one', () => {
    expect(offset(text, 1, 1)).toBe(0)
    expect(offset(text, 2, 6)).toBe(14)
  })
  it('stays inside of the text', () => {
    expect(offset(text, 99, 99)).toBe(text.length)
    expect(offset(text, 1, 99)).toBe(8)
    expect(offset(text, 0, 0)).toBe(0)
  })
})
