import { describe, expect, it } from 'vitest'
import type { Project, Visiting, Workspace } from '../api/types.ts'
import { chip, obstacle, ofProject } from './states.ts'

const visiting: Visiting = { desktop: true, notebooks: true, clipboardIn: false, recorded: true }
const workspace = (id: string, project: string, state: Workspace['state'], since: string): Workspace => ({ id, project, state, since, image: 'desktop' })

describe('a workspace', () => {
  it('is open rather than running', () => expect([chip('running'), chip('locked')]).toEqual(['open', 'locked']))
  it('is the living one of its project, and else the last that ended', () => {
    const all = [workspace('a', 'p', 'ended', '1'), workspace('b', 'p', 'running', '2'), workspace('c', 'p', 'ended', '3'), workspace('d', 'q', 'running', '4')]
    const { live, last } = ofProject(all, { id: 'p' } as Project)
    expect([live?.id, last?.id]).toEqual(['b', 'c'])
  })
})

describe('the first thing in the way', () => {
  it.each([
    [{ over: true, visiting, isolated: true }, 'expired'],
    [{ over: false, visiting: undefined, isolated: true }, 'notPermitted'],
    [{ over: false, visiting: { ...visiting, desktop: false }, isolated: true }, 'notPermitted'],
    [{ over: false, visiting, isolated: false }, 'noSandbox'],
    [{ over: false, visiting, isolated: true }, null],
  ])('%o: %s', (given, expected) => expect(obstacle(given)).toBe(expected))
})
