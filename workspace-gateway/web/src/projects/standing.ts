import type { Permit, Project, Session } from '../api/types.ts'

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

/** Whether this person works in the project: as its permit says, or as the session did when it was last asked. */
export function isMember(project: { id: string; members?: Permit['members'] }, me: Session): boolean {
  return !!me.projects?.some(({ id }) => id === project.id) || !!project.members?.some((member) => typeof member === 'object' && member.id === me.user.id)
}

/** Those that a person works in, out of all that they are shown: who oversees projects is shown those of others as well. */
export function ownOnes(projects: Project[], me: Session): Project[] {
  const oversees = me.user.roles.some((role) => role === 'reviewer' || role === 'security')
  return oversees ? projects.filter((project) => isMember(project, me)) : projects
}
