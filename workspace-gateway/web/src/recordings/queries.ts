import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ask, call, Problem, query } from '../api/client.ts'
import type { Named, Page } from '../api/types.ts'

export type Recording = {
  id: string
  workspace: string
  project: string
  person: Named
  state: 'running' | 'sealed' | 'cut'
  started: string
  ended?: string | null
  bytes: number
  seal?: string | null
}

export function useRecordings() {
  return useInfiniteQuery({
    queryKey: ['recordings'],
    queryFn: ({ pageParam, signal }) => ask<Page<Recording>>(`/api/recordings${query({ cursor: pageParam })}`, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

/** The gateway knows of no such recording: it was destroyed, or there never was one. */
export const isGone = (error: Error | null) => error instanceof Problem && error.status === 404

/** The whole stream; fetching it is an act in the log, so it is fetched once. */
export function useStream(id: string) {
  return useQuery({
    queryKey: ['recording', id],
    queryFn: async ({ signal }) => (await call(`/api/recordings/${id}`, { signal, accept: '*/*' })).blob(),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
