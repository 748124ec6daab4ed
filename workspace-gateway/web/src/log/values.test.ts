import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { valueWords } from './values.ts'

it.each([
  ['reason', 'WRONG'], ['reason', 'TOO_MANY'], ['reason', 'own-output'], ['state', 'held'], ['verdict', 'amendable'], ['decision', 'release-amended'], ['decision', 'accept'], ['factor', 'totp'], ['training', 'data-protection'], ['action', 'log.read'], ['version', 'amended'],
])('says %s %s in words', (key, value) => expect(valueWords(key, value)).toMatchObject({ en: expect.any(String), ja: expect.any(String) }))

it.each([['reason', 'toString'], ['reason', 'bytes-changed'], ['note', 'held'], ['state', 'HELD?']])('leaves %s %s as it is', (key, value) => expect(valueWords(key, value)).toBeUndefined())

const java = (path: string) => readFileSync(join(import.meta.dirname, '../../../src/main/java/org/sekisho/gateway', path), 'utf8')
const reasonsIn = (path: string) => [...java(path).split('enum Reason {')[1]!.split('}')[0]!.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/\b[A-Z][A-Z_]+\b/g)].map(([name]) => name)

it.each(['identity/SignIn.java', 'access/Reason.java', 'workspace/Opening.java'])('has words for every reason of %s', (path) => {
  expect(reasonsIn(path).length).toBeGreaterThan(4)
  expect(reasonsIn(path).filter((reason) => !valueWords('reason', reason))).toEqual([])
})
