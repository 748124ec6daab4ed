import { describe, expect, it } from 'vitest'
import { destinations, patience, press, still } from './keyboard.ts'

const key = (name: string, at = 0) => ({ key: name, at, typing: false, modified: false })

describe('the keyboard', () => {
  it('goes where the second key says', () => {
    const first = press(still, key('g', 100))
    expect(first).toEqual({ state: { awaiting: 100 } })
    expect(press(first.state, key('o', 400))).toEqual({ state: still, act: { go: 'outputs' } })
  })
  it('forgets the first key after a while', () => {
    expect(press({ awaiting: 0 }, key('o', patience + 1)).act).toEqual({ key: 'o' })
  })
  it('does nothing for an unknown second key', () => {
    expect(press({ awaiting: 0 }, key('x', 10))).toEqual({ state: still })
  })
  it('never acts while somebody types or holds a modifier', () => {
    expect(press(still, { ...key('g'), typing: true })).toEqual({ state: still })
    expect(press({ awaiting: 0 }, { ...key('o'), modified: true })).toEqual({ state: still })
  })
  it('hands single keys to the page', () => {
    expect(press(still, key('j')).act).toEqual({ key: 'j' })
  })
  it('has one key for one destination', () => {
    expect(new Set(Object.values(destinations)).size).toBe(Object.keys(destinations).length)
  })
})
