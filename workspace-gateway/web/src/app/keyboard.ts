export type Destination = 'home' | 'projects' | 'sql' | 'notebooks' | 'outputs' | 'review' | 'log' | 'sessions' | 'alerts' | 'usage' | 'recordings' | 'people' | 'workspaces' | 'inputs' | 'catalogue' | 'register' | 'applications'
export type Press = { key: string; at: number; typing: boolean; modified: boolean }
export type Keyboard = { awaiting: number | null }
export type Answer = { state: Keyboard; act?: { go: Destination } | { key: string } }

export const destinations: Record<string, Destination> = {
  h: 'home',
  p: 'projects',
  s: 'sql',
  n: 'notebooks',
  o: 'outputs',
  r: 'review',
  l: 'log',
  e: 'sessions',
  v: 'recordings',
  t: 'alerts',
  b: 'usage',
  w: 'workspaces',
  i: 'inputs',
  c: 'catalogue',
  u: 'register',
  m: 'people',
  a: 'applications',
}

/** Milliseconds in which the second key of `g o` may follow the first. */
export const patience = 1200
export const still: Keyboard = { awaiting: null }

/** Single keys act only outside of fields and without modifiers; `g` waits for a second key. */
export function press(state: Keyboard, { key, at, typing, modified }: Press): Answer {
  if (typing || modified) return { state: still }
  if (state.awaiting !== null && at - state.awaiting <= patience) {
    const go = destinations[key.toLowerCase()]
    return go ? { state: still, act: { go } } : { state: still }
  }
  if (key === 'g') return { state: { awaiting: at } }
  return { state: still, act: { key } }
}
