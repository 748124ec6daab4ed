import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ask, query } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import type { Output, Page } from '../api/types.ts'

export function useOutputs(filter: { state?: string; project?: string }, enabled = true) {
  return useQuery({
    queryKey: ['outputs', filter],
    queryFn: () => ask<Page<Output>>(`/api/outputs${query({ ...filter, limit: 200 })}`),
    enabled,
    refetchInterval: 10_000,
  })
}

/** An author looks as often as the page likes; the look of anybody else is a log entry, so it is not repeated. */
export function useOutput(id: string) {
  const { user } = useMe()
  return useQuery({
    queryKey: ['output', id],
    queryFn: () => ask<Output>(`/api/outputs/${encodeURIComponent(id)}`),
    refetchInterval: ({ state: { data } }) => (data?.author !== user.name ? false : data.state === 'checking' ? 1_000 : data.state === 'held' ? 5_000 : false),
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  })
}

/** Lists are free to read: once one says that this output has moved on, it is read again. */
export function useFollow(output: Output) {
  const queries = useQueryClient()
  const line = useOutputs({}).data?.items.find(({ id }) => id === output.id)
  const moved = line !== undefined && (line.state !== output.state || line.reviewsGiven !== output.reviewsGiven)
  useEffect(() => {
    if (moved) void queries.invalidateQueries({ queryKey: ['output', output.id] })
  }, [moved, output.id, queries])
}
