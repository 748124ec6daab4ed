import type { Compared } from '../api/types.ts'

/** What the comparison with earlier releases came to; only `none` and `nothing` are good news. */
export type Outcome = 'nothing' | 'few' | 'unknown' | 'incomplete' | 'none'

/** @param compared absent where an output is one of those that are compared with nothing, such as files of a person */
export function outcomeOf(compared: Compared | null | undefined, releases: number): Outcome {
  if ((compared?.releases ?? releases) === 0) return 'nothing'
  if (!compared?.known) return 'unknown'
  if (compared.differences.length > 0) return 'few'
  return compared.complete && comparedWith(compared) > 0 ? 'none' : 'incomplete'
}

/** How many releases it was really compared with. */
export const comparedWith = ({ releases, unknown, damaged }: Compared): number => Math.max(0, releases - unknown.length - damaged.length)
