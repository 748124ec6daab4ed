import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { actions } from './texts.ts'

const sources = join(import.meta.dirname, '../../../src/main/java')

/** Every action that the gateway writes into the log, read from where it makes an act of it. */
function written(): Set<string> {
  const found = new Set<string>()
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.java')) continue
    for (const [, action] of readFileSync(join(sources, file), 'utf8').matchAll(/(?:new Act|Act\.of)\(\s*[^"]{0,120}?"([a-z]+\.[a-z-]+)"/g)) found.add(action!)
  }
  return found
}

it('says every action of the log in words', () => {
  const all = written()
  expect(all.size).toBeGreaterThan(40)
  expect([...all].filter((action) => !(action in actions))).toEqual([])
})

it('says no two actions in the same words, so that one can be looked for by them', () => {
  for (const language of ['en', 'ja'] as const) {
    const words = Object.values(actions).map((label) => label[language] as string)
    expect(words.filter((label, at) => words.indexOf(label) !== at)).toEqual([])
  }
})
