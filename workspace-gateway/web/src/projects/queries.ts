import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import type { Closing, DataGrant, Page, Permit, Project, Table } from '../api/types.ts'
import { standing } from './standing.ts'

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}`

export function useProjects(enabled = true) {
  return useQuery({ queryKey: ['projects'], queryFn: () => ask<Page<Project>>('/api/projects'), enabled })
}

/** The projects to work in. */
export function useOwnProjects(enabled = true) {
  return useQuery({ queryKey: ['projects'], queryFn: () => ask<Page<Project>>('/api/projects'), enabled, select: (page) => ({ ...page, items: page.items.filter(({ member }) => member) }) })
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

/** Asked again while the gateway is at it. */
export function useClosing(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['closing', id],
    queryFn: () => ask<Closing>(`${at(id)}/closing`),
    enabled,
    refetchInterval: ({ state }) => (state.data?.state === 'destroying' ? 1000 : false),
  })
}

function useClosingAct<Given>(id: string, act: (given: Given) => Promise<Closing>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => Promise.all([['closing', id], ['project', id], ['permit', id], ['projects']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}

export const useProposeClosing = (id: string) => useClosingAct(id, (note: string) => ask<Closing>(`${at(id)}/closing`, { method: 'POST', body: { note } }))
export const useDecideClosing = (id: string) => useClosingAct(id, (decision: 'confirm' | 'refuse') => ask<Closing>(`${at(id)}/closing/decisions`, { method: 'POST', body: { decision } }))

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
  return standing(permit, now) !== 'active'
}
