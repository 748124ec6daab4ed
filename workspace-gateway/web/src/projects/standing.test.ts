import { describe, expect, it } from 'vitest'
import type { Closing, Project, Session } from '../api/types.ts'
import { say } from '../i18n/phrases.ts'
import { ledeOf, standing, waitsForDecision } from './standing.ts'
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

describe('an end that was proposed', () => {
  const me: Session = { user: { id: 'u1', name: 'n', roles: ['reviewer'] }, expires: '' }
  const by = (id: string, state: Closing['state'] = 'proposed'): Project => ({ id: 'p', title: '', closing: { state, by: { id, name: id } } })
  it('waits for whoever did not propose it', () => {
    expect(waitsForDecision(by('u2'), me)).toBe(true)
    expect(waitsForDecision(by('u1'), me)).toBe(false)
    expect(waitsForDecision({ ...by('u2'), member: true }, me)).toBe(false)
  })
  it('waits for nobody once it was decided, or before anybody proposed it', () => {
    expect(waitsForDecision(by('u2', 'destroying'), me)).toBe(false)
    expect(waitsForDecision({ id: 'p', title: '' }, me)).toBe(false)
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
