import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import type { BroughtImage, Images, Page, Workspace } from '../api/types.ts'

export function useWorkspaces(enabled = true) {
  return useQuery({
    queryKey: ['workspaces'],
    queryFn: () => ask<Page<Workspace>>('/api/workspaces'),
    enabled,
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'starting') ? 500 : 10_000),
  })
}

/** @param starting whether a workspace waits, perhaps for an image */
export function useImages(starting: boolean) {
  return useQuery({
    queryKey: ['images'],
    queryFn: () => ask<Images>('/api/images'),
    refetchInterval: ({ state }) => (starting || state.data?.items.some((one) => one.state === 'building') ? 1_000 : false),
  })
}

/** Images that members have brought in for this project. */
export function useProjectImages(project: string, enabled = true) {
  return useQuery({
    queryKey: ['images', project],
    queryFn: () => ask<Page<BroughtImage>>(`/api/projects/${encodeURIComponent(project)}/images`),
    enabled,
  })
}

export function useOpen(project: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (image: string) => ask<Workspace>(`/api/projects/${encodeURIComponent(project)}/workspaces`, { method: 'POST', body: { image } }),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['workspaces'] }), queries.invalidateQueries({ queryKey: ['images'] })]),
  })
}

export function useEnd() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => ask(`/api/workspaces/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['workspaces'] }),
  })
}
