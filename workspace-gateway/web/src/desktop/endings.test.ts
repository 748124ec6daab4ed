import { describe, expect, it } from 'vitest'
import { endings as words } from './texts.ts'
import { endingOf, pause, whatNext } from './endings.ts'

describe('the end of a line', () => {
  it('knows the words of the gateway and takes anything else for a broken line', () => {
    expect(endingOf('security')).toBe('security')
    expect(endingOf('')).toBe('unreachable')
    expect(endingOf('<script>')).toBe('unreachable')
  })
  it('comes again after what is nobody’s will', () => {
    for (const word of ['line', 'display', 'gateway', 'starting', '']) expect(whatNext(endingOf(word))).toBe('again')
  })
  it('does not come again after what is somebody’s will', () => {
    for (const word of ['security', 'owner', 'expired', 'removed', 'violation', 'recording']) expect(whatNext(endingOf(word))).toBe('done')
  })
  it('asks before it sends another window away, and wants the password of a locked one', () => {
    expect(whatNext('occupied')).toBe('ask')
    expect(whatNext('taken-over')).toBe('ask')
    expect(whatNext('idle')).toBe('unlock')
  })
  it('has a sentence for each', () => {
    for (const word of Object.keys(words)) expect(endingOf(word)).toBe(word)
  })
  it('waits longer each time, and never long', () => {
    expect(pause(0)).toBe(250)
    expect(pause(1)).toBeGreaterThan(pause(0))
    expect(pause(50)).toBe(5_000)
  })
})
