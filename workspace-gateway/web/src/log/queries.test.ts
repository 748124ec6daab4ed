import { expect, it } from 'vitest'
import { actionCalled, asked, entryOf } from './queries.ts'

it.each([['?entry=182', 182], ['entry=0&actor=x', 0], ['', undefined], ['?entry=', undefined], ['?entry=-1', undefined], ['?entry=1e3', undefined], ['?entry=../x', undefined]])('%s names entry %s', (search, entry) => {
  expect(entryOf(search)).toBe(entry)
})

it('leaves looks out until they are asked for, as such or by the name of an action', () => {
  expect(asked({ actor: 'x' })).toEqual({ actor: 'x', looks: 'false' })
  expect(asked({ actor: 'x', looks: 'too' })).toEqual({ actor: 'x' })
  expect(asked({ action: 'log.read' })).toEqual({ action: 'log.read' })
})

it.each([['session.open', 'session.open'], ['Signed in', 'session.open'], ['signed in', 'session.open'], ['Signed', 'Signed'], [undefined, undefined]])('takes %s for the action %s', (given, action) => {
  expect(actionCalled(given, { 'session.open': 'Signed in', 'session.refused': 'Sign-in refused' })).toBe(action)
})
