import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import type { Job, Page } from '../api/types.ts'

export const isMoving = (job: Job | undefined) => job?.state === 'queued' || job?.state === 'running'

/** Follows a job until it stands still: the gateway answers as soon as its state changes, or after two seconds. */
export function useJob(id: string | undefined) {
  const queries = useQueryClient()
  return useQuery({
    queryKey: ['job', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => {
      const known = queries.getQueryData<Job>(['job', id])
      return ask<Job>(`/api/jobs/${encodeURIComponent(id!)}${isMoving(known) ? '?wait=2' : ''}`, { signal })
    },
    refetchInterval: ({ state }) => (isMoving(state.data) ? 250 : false),
  })
}

export function useJobs(project: string, kind: 'sql' | 'notebook' = 'sql') {
  return useQuery({
    queryKey: ['jobs', project, kind],
    queryFn: () => ask<Page<Job>>(`/api/projects/${encodeURIComponent(project)}/jobs?limit=50&kind=${kind}`),
    refetchInterval: ({ state }) => (state.data?.items.some(isMoving) ? 2_000 : false),
  })
}

export function useRun(project: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: { sql: string; title?: string }) =>
      ask<Job>(`/api/projects/${encodeURIComponent(project)}/jobs`, { method: 'POST', body: { kind: 'sql', ...given } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['jobs', project] })
      void queries.invalidateQueries({ queryKey: ['outputs'] })
    },
  })
}

export function useCancel(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask(`/api/jobs/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['job', id] }),
  })
}
