import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { ask, query } from '../api/client.ts'
import type { Alert, Page } from '../api/types.ts'

/** Looking is itself an entry in the log: what waits is asked for once a minute, the rest when somebody comes. */
export function useAlerts(state: Alert['state'], enabled = true) {
  return useInfiniteQuery({
    queryKey: ['alerts', state],
    queryFn: ({ pageParam }) => ask<Page<Alert>>(`/api/alerts${query({ state, limit: 100, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    enabled,
    staleTime: 10_000,
    refetchInterval: state === 'open' ? 60_000 : false,
    refetchOnWindowFocus: false,
  })
}

export function useAcknowledge(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (note: string) => ask<Alert>(`/api/alerts/${encodeURIComponent(id)}/acknowledgement`, { method: 'POST', body: { note } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alerts'] }),
  })
}

export function useReverse(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask<Alert>(`/api/alerts/${encodeURIComponent(id)}/reversal`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['alerts'] }),
  })
}
