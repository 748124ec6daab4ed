import { describe, expect, it } from 'vitest'
import { inLanguage, type Phrases, preferred, say } from './phrases.ts'

const modules = import.meta.glob<Record<string, unknown>>(['../**/texts.ts', '../kit/states.ts'], { eager: true })
const isPhrases = (value: unknown): value is Phrases =>
  typeof value === 'object' && value !== null && Object.values(value).every((phrase) => phrase && typeof phrase === 'object' && 'en' in phrase && 'ja' in phrase)
const all = Object.entries(modules).flatMap(([path, module]) =>
  Object.entries(module).filter(([, value]) => isPhrases(value)).flatMap(([name, value]) => Object.entries(value as Phrases).map(([key, phrase]) => ({ where: `${path} ${name}.${key}`, phrase }))),
)
/** Words that are the same in both languages. */
const shared = /^(SQL|ID|select [\s\S]*)$/

describe('the texts', () => {
  it('are found', () => expect(all.length).toBeGreaterThan(300))
  it.each(all)('$where says the same in both languages', ({ phrase: { en, ja } }) => {
    expect(typeof ja).toBe(typeof en)
    if (typeof en === 'string' && typeof ja === 'string') {
      expect(en.trim()).not.toBe('')
      if (!shared.test(en)) expect(ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/)
      expect(en).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/)
    } else {
      expect((ja as () => string).length).toBe((en as () => string).length)
    }
  })
})

describe('a language', () => {
  it('is the first of the browser that we speak', () => {
    expect(preferred(['fr-FR', 'ja-JP', 'en'])).toBe('ja')
    expect(preferred(['de'])).toBe('en')
  })
  it('falls back to the other one where a text is missing', () => {
    expect(inLanguage({ en: 'x' }, 'ja')).toBe('x')
    expect(inLanguage({ ja: 'あ', en: 'x' }, 'ja')).toBe('あ')
    expect(inLanguage(null, 'ja')).toBe('')
    expect(inLanguage('written by a person', 'ja')).toBe('written by a person')
  })
  it('says every phrase', () => expect(say({ a: { en: 'x', ja: 'あ' } }, 'ja')).toEqual({ a: 'あ' }))
})
