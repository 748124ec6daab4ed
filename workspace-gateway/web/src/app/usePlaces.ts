import { has } from '../api/session.ts'
import type { Session } from '../api/types.ts'
import { useProjects } from '../projects/queries.ts'
import { placesFor } from './places.ts'

/** The places of this person; reviewers and security find projects among them once the gateway lists any for them. */
export function usePlaces(session: Session | null) {
  const signedIn = session?.assurance === 'enrolling' ? null : session
  const projects = useProjects(has(signedIn, 'reviewer', 'security')).data?.items ?? []
  return placesFor(signedIn, projects.length > 0)
}
