import type { Project, Visiting, Workspace, WorkspaceState } from '../api/types.ts'
import type { State } from '../kit/states.ts'

/** The chip of a workspace: "running" is said of jobs, a workspace is open. */
export function chip(state: WorkspaceState): State {
  return state === 'running' ? 'open' : state
}

/** The one that a member has in a project, and the newest that has ended. */
export function ofProject(workspaces: Workspace[], project: Project): { live: Workspace | undefined; last: Workspace | undefined } {
  const mine = workspaces.filter((one) => one.project === project.id).sort((a, b) => b.since.localeCompare(a.since))
  return { live: mine.find(({ state }) => state !== 'ended'), last: mine.find(({ state }) => state === 'ended') }
}

/** Why no desktop can be had, if it cannot: the first thing in the way. */
export function obstacle(given: { over: boolean; visiting: Visiting | undefined; isolated: boolean | undefined }): 'expired' | 'notPermitted' | 'noSandbox' | null {
  if (given.over) return 'expired'
  if (!given.visiting?.desktop) return 'notPermitted'
  return given.isolated === false ? 'noSandbox' : null
}
