import { describe, expect, it } from 'vitest'
import type { Entry, LogPage } from '../api/types.ts'
import { everything, inSession, kindOf, lifeKind, meanwhile, others, places, steps } from './life.ts'

const entry = (index: number, more: Partial<Entry>): Entry => ({ index, time: `2026-11-20T00:00:0${index}Z`, actor: 'taro', action: 'output.hold', phase: 'outcome', ...more })

describe('the life of one thing', () => {
  const intent = entry(1, { phase: 'intent', detail: { job: 'j-1' } })
  const outcome = entry(3, { result: 'done', intent: 1, detail: { files: '2' } })
  it('joins intents with their outcomes, in their order', () => {
    const [first, second, ...none] = steps([outcome, entry(2, { action: 'output.judge', result: 'done' }), intent])
    expect(none).toEqual([])
    expect(first).toMatchObject({ at: intent.time, until: outcome.time, result: 'done', first: 1, last: 3, detail: { job: 'j-1', files: '2' } })
    expect(second).toMatchObject({ action: 'output.judge', first: 2, last: 2 })
  })
  it('takes an entry once that was found twice', () => expect(steps([outcome, intent, intent, outcome])).toHaveLength(1))
  it('follows the person of a sign-in until it ended', () => {
    const open = entry(1, { action: 'session.open', result: 'done' })
    expect(meanwhile([open])).toEqual({ actor: 'taro', from: open.time })
    expect(meanwhile([entry(5, { action: 'session.end', actor: 'security', result: 'done' }), open])).toEqual({ actor: 'taro', from: open.time, to: '2026-11-20T00:00:05Z' })
    expect(meanwhile([intent, outcome])).toBeUndefined()
  })
  it('leaves out what was done in another session, with its outcome', () => {
    const other = entry(4, { phase: 'intent', detail: { session: 's-2' } })
    const own = entry(6, { result: 'done', detail: { session: 's-1' } })
    expect(inSession([entry(5, { result: 'done', intent: 4 }), other, own, outcome], 's-1')).toEqual([own, outcome])
  })
  it('leaves out the beginning of another session, and keeps how this one ended another', () => {
    const open = entry(1, { action: 'session.open', object: 's-1', result: 'done' })
    const ends = entry(3, { action: 'session.end', object: 's-2', phase: 'intent', detail: { session: 's-1' } })
    expect(inSession([entry(2, { action: 'session.open', object: 's-2', result: 'done' }), open, ends], 's-1')).toEqual([open, ends])
  })
  it('keeps how it was ended from another session, and in that one too', () => {
    const ends = entry(3, { action: 'session.end', object: 's-2', phase: 'intent', detail: { session: 's-1' } })
    const ended = entry(4, { action: 'session.end', object: 's-2', result: 'done', intent: 3, detail: { session: 's-1' } })
    expect(inSession([ends, ended], 's-2')).toEqual([ends, ended])
    expect(inSession([ends, ended], 's-1')).toEqual([ends, ended])
    expect(inSession([ends, ended], 's-3')).toEqual([])
  })
  it('keeps an intent that nothing answers, and an outcome without its intent', () => {
    expect(steps([intent]).map(({ result }) => result)).toEqual([undefined])
    expect(steps([outcome]).map(({ first, last }) => [first, last])).toEqual([[3, 3]])
  })
  it('names what else belongs to it, once', () => expect(others([intent, intent, entry(4, { detail: { output: 'o-1', rules: 'ndb' } })], 'o-1')).toEqual(['j-1']))
  it('is that of a project, of what the acts on it name, or of whoever acted', () => {
    const none = { own: [], project: [], acts: [] }
    expect(lifeKind({ ...none, own: [entry(2, { action: 'certificate.read' }), entry(1, { action: 'output.hold' })] })).toBe('output')
    expect(lifeKind({ ...none, own: [entry(1, { action: 'job.submit' })], project: [entry(2, {})] })).toBe('project')
    expect(lifeKind({ ...none, acts: [entry(1, {})] })).toBe('account')
    expect(lifeKind(none)).toBe('thing')
    expect(kindOf('session.end')).toBe('session')
    expect(kindOf('toString.x')).toBe('thing')
  })
  it('places instants on a line in their order and apart', () => {
    const line = places(steps([entry(1, {}), entry(2, { time: '2026-11-20T00:00:01Z' }), entry(3, { time: '2026-11-20T01:00:00Z' })]))
    expect(line[0]).toBe(0)
    expect(line[1]).toBeGreaterThan(0)
    expect(line[2]).toBe(1)
  })
  it('stays on the line when much happens at once', () => {
    const line = places(steps(Array.from({ length: 200 }, (_, index) => entry(index, { time: '2026-11-20T00:00:00Z' }))))
    expect(Math.max(...line)).toBeLessThanOrEqual(1)
  })
  it('reads on while there is a next page, and says when it stopped before the end', async () => {
    const asked: (string | undefined)[] = []
    const read = (cursor?: string): Promise<LogPage> => {
      asked.push(cursor)
      const page = Number(cursor ?? 0)
      return Promise.resolve({ items: [entry(9 - page, {})], next: page < 3 ? String(page + 1) : null })
    }
    expect(await everything(read)).toMatchObject({ items: [9, 8, 7, 6].map((index) => ({ index })), next: null })
    expect(asked).toEqual([undefined, '1', '2', '3'])
    expect(await everything(read, 2)).toMatchObject({ items: [9, 8].map((index) => ({ index })), next: '2' })
  })
})
