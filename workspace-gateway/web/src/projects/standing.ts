import type { Named, Project, Session } from '../api/types.ts'

export type Standing = 'active' | 'expired' | 'closed'
type Dated = { state?: string; expires?: string }

/** Where a permit stands. A closed project is no expired one: its data are gone. Without a state the last day, which is whole, decides. */
export function standing(permit: Dated | undefined, now: Date): Standing {
  if (permit?.state === 'closed') return 'closed'
  if (permit?.state) return ['active', 'in-force', 'in_force'].includes(permit.state) ? 'active' : 'expired'
  return permit?.expires && lastMoment(permit.expires) < now.getTime() ? 'expired' : 'active'
}

const lastMoment = (expires: string) => new Date(expires).getTime() + (expires.length === 10 ? 86_400_000 : 0)

export type Lede = 'closed' | 'mayQuery' | 'expiredForMembers' | 'membersMayQuery' | 'expiredForOthers'

/** Which sentence tells a reader how the project stands: a member is told what they may do, anybody else what the members may. */
export function ledeOf(stands: Standing, member: boolean): Lede {
  if (stands === 'closed') return 'closed'
  if (stands === 'active') return member ? 'mayQuery' : 'membersMayQuery'
  return member ? 'expiredForMembers' : 'expiredForOthers'
}

/** Whether its end was proposed by somebody else, so that this person may decide it; a member may not. */
export function waitsForDecision({ closing, member }: Project, me: Session): boolean {
  return closing?.state === 'proposed' && !member && idOf(closing.by) !== me.user.id
}

export const idOf = (person: Named | undefined) => (typeof person === 'object' && person ? person.id : undefined)
