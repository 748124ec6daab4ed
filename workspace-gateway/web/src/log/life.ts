import type { Entry, LogPage } from '../api/types.ts'

/** An act: announced, and what became of it. One of the two may be missing. */
export type Step = { at: string; until?: string; actor: string; action: string; result?: string | null; project?: string | null; object?: string | null; detail: Record<string, string>; first: number; last: number }

/** The entries of one thing, each once and the oldest first, each outcome joined with the intent that it answers. */
export function steps(entries: Entry[]): Step[] {
  const byIntent = new Map<number, Step>()
  const all: Step[] = []
  const once = new Map(entries.map((entry) => [entry.index, entry]))
  for (const entry of [...once.values()].toSorted((one, other) => one.index - other.index)) {
    const announced = entry.intent == null ? undefined : byIntent.get(entry.intent)
    if (announced) {
      Object.assign(announced, { until: entry.time, result: entry.result, last: entry.index, detail: { ...announced.detail, ...entry.detail } })
      continue
    }
    const step: Step = { at: entry.time, actor: entry.actor, action: entry.action, result: entry.result, project: entry.project, object: entry.object, detail: { ...entry.detail }, first: entry.index, last: entry.index }
    if (entry.phase === 'intent') byIntent.set(entry.index, step)
    all.push(step)
  }
  return all
}

/** Page after page, as long as there is a next one; what is left out after the last has a `next` still. */
export async function everything(read: (cursor?: string) => Promise<LogPage>, most = 20): Promise<LogPage> {
  const first = await read()
  const items = [...first.items]
  let next = first.next
  for (let page = 1; next && page < most; page++) {
    const more = await read(next)
    items.push(...more.items)
    next = more.next
  }
  return { ...first, items, next }
}

const related = ['job', 'output', 'workspace', 'recording'] as const

/** What else belongs to this life: the job behind an output, the workspace behind a recording. */
export function others(entries: Entry[], object: string): string[] {
  return [...new Set(entries.flatMap(({ detail }) => related.flatMap((name) => detail?.[name] ?? [])))].filter((one) => one !== object).slice(0, 4)
}

/** The session in which an entry was done, and the one that it is about, as when somebody else ends it. */
const sessionsOf = ({ action, object, detail }: Entry) => [detail?.session, action.startsWith('session.') ? object : undefined].filter((one) => one != null)

/** Without what was done in another session; what names none stays, since not all that a person does is a request. */
export function inSession(entries: Entry[], session: string): Entry[] {
  const elsewhere = new Set(entries.filter((entry) => { const named = sessionsOf(entry); return named.length > 0 && !named.includes(session) }).map(({ index }) => index))
  return entries.filter(({ index, intent }) => !elsewhere.has(index) && !(intent != null && elsewhere.has(intent)))
}

/** Of a sign-in, whose it was and how long it lasted: what its person did meanwhile may belong to it. */
export function meanwhile(entries: Entry[]): { actor: string; from: string; to?: string } | undefined {
  const opened = entries.find(({ action, result }) => action === 'session.open' && result === 'done')
  const ended = entries.find(({ action, result }) => (action === 'session.close' || action === 'session.end') && result === 'done')
  return opened && { actor: opened.actor, from: opened.time, ...(ended && { to: ended.time }) }
}

const sorts = ['output', 'session', 'workspace', 'recording', 'job', 'input', 'application', 'alert', 'change', 'dataset', 'project', 'account'] as const
export type Kind = (typeof sorts)[number] | 'thing'

/** What an act is about, as its name says. */
export function kindOf(action: string | undefined): Kind {
  const sort = action?.slice(0, action.indexOf('.'))
  return sorts.find((one) => one === sort) ?? 'thing'
}

/** What the life is of: a project has entries of its own, a person acts, and all else is named by the acts on it. */
export function lifeKind({ own, project, acts }: Record<'own' | 'project' | 'acts', Entry[]>): Kind {
  if (project.length > 0) return 'project'
  const known = own.map(({ action }) => kindOf(action)).findLast((kind) => kind !== 'thing')
  return known ?? (acts.length > 0 ? 'account' : 'thing')
}

/** Where on a line from 0 to 1 an instant stands; steps that come close together are kept apart. */
export function places(all: Step[], apart = 0.02): number[] {
  const times = all.map(({ at }) => Date.parse(at))
  const [start, end] = [Math.min(...times), Math.max(...times)]
  const gap = Math.min(apart, 1 / Math.max(1, all.length))
  let least = 0
  const raw = times.map((time) => {
    const place = Math.max(least, end > start ? (time - start) / (end - start) : 0)
    least = place + gap
    return place
  })
  const longest = Math.max(1, ...raw)
  return raw.map((place) => place / longest)
}
