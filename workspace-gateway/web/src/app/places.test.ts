import { describe, expect, it } from 'vitest'
import type { Role, Session } from '../api/types.ts'
import { placesFor, safeNext } from './places.ts'

const as = (role: Role): Session => ({ user: { id: 'u', name: 'n', roles: [role] }, expires: '' })
const ids = (session: Session | null) => placesFor(session).map(({ id }) => id)

describe('places', () => {
  it('are public ones for nobody', () => expect(ids(null)).toEqual(['catalogue', 'register']))
  it.each<[Role, string, boolean]>([
    ['analyst', 'sql', true], ['analyst', 'review', false], ['checker', 'review', true], ['checker', 'sql', false],
    ['security', 'log', true], ['security', 'alerts', true], ['admin', 'alerts', false], ['admin', 'usage', true], ['admin', 'log', false], ['reviewer', 'applications', true], ['steward', 'outputs', false],
    ['steward', 'inputs', true], ['researcher', 'workspaces', true], ['analyst', 'workspaces', false], ['checker', 'inputs', false],
    ['admin', 'people', true], ['security', 'people', true], ['checker', 'people', false],
  ])('for a %s: %s %s', (role, place, shown) => expect(ids(as(role)).includes(place as never)).toBe(shown))
})

describe('projects', () => {
  const found = (role: Role, oversees: boolean) => placesFor(as(role), oversees).some(({ id }) => id === 'projects')
  it.each<Role>(['reviewer', 'security'])('are a place for a %s where the gateway lists any', (role) => {
    expect(found(role, true)).toBe(true)
    expect(found(role, false)).toBe(false)
  })
  it('are always one for those who work in them, and never for others', () => {
    expect(found('analyst', false)).toBe(true)
    expect(found('admin', true)).toBe(false)
  })
})

describe('the place to return to', () => {
  it.each([['/outputs/1?x=2', '/outputs/1?x=2'], ['//evil.example', '/'], ['https://evil.example', '/'], ['/\\evil', '/'], ['/signin?next=/', '/'], [null, '/']])('%s -> %s', (next, safe) => {
    expect(safeNext(next)).toBe(safe)
  })
})
