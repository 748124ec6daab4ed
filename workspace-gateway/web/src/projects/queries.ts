import { useQuery } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import type { DataGrant, Page, Permit, Project, Table } from '../api/types.ts'

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}`

export function useProjects(enabled = true) {
  return useQuery({ queryKey: ['projects'], queryFn: () => ask<Page<Project>>('/api/projects'), enabled })
}

export function useProject(id: string) {
  return useQuery({ queryKey: ['project', id], queryFn: () => ask<Project>(at(id)) })
}

export function usePermit(id: string) {
  return useQuery({ queryKey: ['permit', id], queryFn: () => ask<Permit>(`${at(id)}/permit`) })
}

export function useTables(id: string) {
  return useQuery({ queryKey: ['tables', id], queryFn: () => ask<Page<Table>>(`${at(id)}/tables`), staleTime: 300_000 })
}

export function grants(permit: Partial<Permit> | undefined): DataGrant[] {
  return permit?.data ?? permit?.datasets ?? []
}

/** What a grant names, as pairs; no columns means all of them. */
export function tablesOf(grant: DataGrant): [string, string[]][] {
  const { tables } = grant
  if (!tables) return []
  return Array.isArray(tables) ? tables.map((name) => [name, []]) : Object.entries(tables)
}

export function isOver(permit: { state?: string; expires?: string } | undefined, now: Date): boolean {
  if (!permit) return false
  if (permit.state) return !['active', 'in-force', 'in_force'].includes(permit.state)
  return !!permit.expires && new Date(permit.expires).getTime() + (permit.expires.length === 10 ? 86_400_000 : 0) < now.getTime()
}
