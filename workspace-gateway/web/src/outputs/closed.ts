import type { Output, Project } from '../api/types.ts'

/** The projects among these whose end has destroyed what their outputs held. */
export function closedOnes(projects: Project[] | undefined): Set<string> {
  return new Set(projects?.filter(({ state }) => state === 'closed').map(({ id }) => id))
}

/** Released outputs whose files are still there. None while nobody knows yet which projects are closed. */
export function downloadable(outputs: Output[], projects: Project[] | undefined): Output[] {
  const closed = closedOnes(projects)
  return projects ? outputs.filter(({ state, project }) => state === 'released' && !closed.has(project)) : []
}
