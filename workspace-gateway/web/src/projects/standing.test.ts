import { describe, expect, it } from 'vitest'
import type { Role, Session } from '../api/types.ts'
import { say } from '../i18n/phrases.ts'
import { isMember, ledeOf, ownOnes, standing } from './standing.ts'
import { closing, texts } from './texts.ts'

const now = new Date('2026-11-27T09:00:00Z')

describe('a permit', () => {
  it('is closed when its project is, whatever its last day', () => {
    expect(standing({ state: 'closed', expires: '2030-01-01' }, now)).toBe('closed')
    expect(standing({ state: 'closed', expires: '2020-01-01' }, now)).toBe('closed')
  })
  it('stands as the gateway says', () => {
    expect(standing({ state: 'active', expires: '2020-01-01' }, now)).toBe('active')
    expect(standing({ state: 'expired', expires: '2030-01-01' }, now)).toBe('expired')
  })
  it('holds through its last day where the gateway says nothing', () => {
    expect(standing({ expires: '2026-11-27' }, now)).toBe('active')
    expect(standing({ expires: '2026-11-25' }, now)).toBe('expired')
    expect(standing(undefined, now)).toBe('active')
  })
})

describe('a person', () => {
  const me = (...roles: Role[]): Session => ({ user: { id: 'u1', name: 'n', roles }, projects: [{ id: 'mine', title: '' }], expires: '' })
  const both = [{ id: 'mine', title: '' }, { id: 'other', title: '' }]
  it('is a member where the session or the permit says so', () => {
    expect(isMember({ id: 'mine' }, me('analyst'))).toBe(true)
    expect(isMember({ id: 'new', members: [{ id: 'u1', name: 'n' }] }, me('analyst'))).toBe(true)
    expect(isMember({ id: 'other', members: [{ id: 'u2', name: 'n' }] }, me('reviewer'))).toBe(false)
  })
  it('who oversees projects works only in their own', () => {
    expect(ownOnes(both, me('researcher', 'reviewer')).map(({ id }) => id)).toEqual(['mine'])
    expect(ownOnes(both, me('researcher'))).toEqual(both)
  })
})

describe('the sentence of a project', () => {
  it('says "you" to members alone', () => {
    const said = say(texts, 'en')
    expect(ledeOf('active', true)).toBe('mayQuery')
    expect(ledeOf('active', false)).toBe('membersMayQuery')
    expect(said.membersMayQuery('claims', '1 Jan 2027')).not.toMatch(/\byou\b/i)
    expect(said.expiredForOthers('1 Jan 2027')).not.toMatch(/\byou\b|stay available/i)
  })
  it('is the same for everybody once the project is closed', () => {
    expect([ledeOf('closed', true), ledeOf('closed', false)]).toEqual(['closed', 'closed'])
  })
})

describe('the dialogs that end a project', () => {
  it.each(['en', 'ja'] as const)('name it, in %s', (language) => {
    const said = say(closing, language)
    expect(said.confirmTitle('X')).toContain('X')
    expect(said.proposeTitle('X')).toContain('X')
  })
})
