import { useQuery } from '@tanstack/react-query'
import { ask, query } from '../api/client.ts'
import type { Output, Page } from '../api/types.ts'

export function useOutputs(filter: { state?: string; project?: string }, enabled = true) {
  return useQuery({
    queryKey: ['outputs', filter],
    queryFn: () => ask<Page<Output>>(`/api/outputs${query({ ...filter, limit: 200 })}`),
    enabled,
    refetchInterval: 10_000,
  })
}

/** Looks again soon while something moves, seldom once it stands still. */
export function useOutput(id: string) {
  return useQuery({
    queryKey: ['output', id],
    queryFn: () => ask<Output>(`/api/outputs/${encodeURIComponent(id)}`),
    refetchInterval: ({ state }) => (state.data?.state === 'checking' ? 1_000 : state.data?.state === 'held' ? 8_000 : false),
  })
}
