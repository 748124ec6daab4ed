import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ask, query } from '../api/client.ts'
import type { Evidence, Grid } from '../api/types.ts'

export type Rows = { original: unknown[][]; amended: unknown[][] | null; total: number; capped: boolean; more(): void }
type More = { table: Grid | null; amended: Grid | null }

const page = 5_000

/** The first rows come with the evidence; the rest is fetched as the reader scrolls towards it. */
export function useRows(id: string, evidence: Evidence): Rows {
  const first = evidence.table?.rows ?? []
  const total = evidence.judgement?.evidence?.structure?.rows ?? evidence.total ?? first.length
  const rest = useInfiniteQuery({
    queryKey: ['evidence-rows', id, evidence.file],
    queryFn: ({ pageParam }) => ask<More>(`/api/outputs/${encodeURIComponent(id)}/evidence/rows${query({ file: evidence.file, offset: pageParam, limit: page })}`),
    initialPageParam: first.length,
    getNextPageParam: (last, _all, offset) => (last.table?.rows.length ? offset + last.table.rows.length : undefined),
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const original = useMemo(() => [...first, ...(rest.data?.pages.flatMap(({ table }) => table?.rows ?? []) ?? [])], [first, rest.data])
  const amended = useMemo(
    () => (evidence.amended ? [...evidence.amended.rows, ...(rest.data?.pages.flatMap(({ amended }) => amended?.rows ?? []) ?? [])] : null),
    [evidence.amended, rest.data],
  )
  const short = Boolean(evidence.truncated) && original.length < total
  return {
    original,
    amended,
    total: Math.max(total, original.length),
    capped: short,
    more: () => {
      if (short && !rest.isFetching && (rest.data === undefined || rest.hasNextPage)) void rest.fetchNextPage()
    },
  }
}
