import { expect, it } from 'vitest'
import { accountCalled, actionCalled, address, asked, entryOf, filterOf, projectCalled, turned } from './queries.ts'

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

const people = [{ name: 'suzuki.k', displayName: '鈴木 健 (Suzuki Ken)' }, { name: 'sato-1', displayName: '佐藤 花' }, { name: 'sato-2', displayName: '佐藤 花' }]
it.each([['Suzuki.K', 'suzuki.k'], ['鈴木 健 (Suzuki Ken)', 'suzuki.k'], ['鈴木 健 (suzuki ken)', 'suzuki.k'], ['suzuki', 'suzuki'], ['佐藤 花', '佐藤 花'], ['gateway', 'gateway'], [undefined, undefined]])('takes %s for the account %s', (given, account) => {
  expect(accountCalled(given, people)).toBe(account)
})

const projects = [{ id: 'stroke-care', title: { ja: '脳卒中の診療', en: 'Stroke care' } }, { id: 'p-2', title: 'Cancer' }]
it.each([['Stroke-Care', 'stroke-care'], ['stroke care', 'stroke-care'], ['脳卒中の診療', 'stroke-care'], ['cancer', 'p-2'], ['stroke', 'stroke'], [undefined, undefined]])('takes %s for the project %s', (given, project) => {
  expect(projectCalled(given, projects)).toBe(project)
})

it('knows days in the wrong order from one day and from an open end', () => {
  expect(turned({ from: '2026-11-21', to: '2026-11-20' })).toBe(true)
  expect(turned({ from: '2026-11-20', to: '2026-11-20' })).toBe(false)
  expect(turned({ from: '2026-11-21' })).toBe(false)
  expect(turned({ to: '2026-11-21' })).toBe(false)
})

it('has one address for one view of the log, and reads it back', () => {
  expect(address({})).toBe('/log')
  expect(address({ to: undefined, action: '', looks: 'too', actor: 'a b' })).toBe('/log?actor=a+b&looks=too')
  expect(address({ action: 'log.read', actor: 'x' })).toBe(address({ actor: 'x', action: 'log.read' }))
  expect(address({ actor: 'x' }, 0)).toBe('/log?actor=x&entry=0')
  expect(filterOf('?actor=a+b&looks=too&entry=3&other=1&from=')).toEqual({ actor: 'a b', looks: 'too' })
})
