/** Why the gateway shows nothing any more: the word in the close frame of the line. */
export type Ending =
  | 'left' | 'taken-over' | 'line' | 'signed-out' | 'occupied' | 'owner' | 'security' | 'expired' | 'closed' | 'removed'
  | 'broken' | 'gateway' | 'violation' | 'locked' | 'idle' | 'starting' | 'display' | 'log' | 'recording' | 'unreachable'

/** What the page does about it: comes again by itself, asks, wants the password, or is done. */
export type Next = 'again' | 'ask' | 'unlock' | 'sign-in' | 'done'

const next: Record<Ending, Next> = {
  left: 'done', 'taken-over': 'ask', line: 'again', 'signed-out': 'sign-in', occupied: 'ask', owner: 'done', security: 'done',
  expired: 'done', closed: 'done', removed: 'done', broken: 'done', gateway: 'again', violation: 'done', locked: 'unlock', idle: 'unlock',
  starting: 'again', display: 'again', log: 'done', recording: 'done', unreachable: 'again',
}

export function endingOf(reason: string): Ending {
  return reason in next ? (reason as Ending) : 'unreachable'
}

export function whatNext(ending: Ending): Next {
  return next[ending]
}

/** Milliseconds before the n-th try, from 0: soon at first, then every five seconds. */
export function pause(tries: number): number {
  return Math.min(5_000, 250 * 2 ** tries)
}
