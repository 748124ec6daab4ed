import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, query } from '../api/client.ts'
import type { Decision, Evidence } from '../api/types.ts'

export function useEvidence(id: string, file: string | undefined, enabled: boolean) {
  return useQuery({
    queryKey: ['evidence', id, file],
    queryFn: () => ask<Evidence>(`/api/outputs/${encodeURIComponent(id)}/evidence${query({ file })}`),
    enabled,
    staleTime: Number.POSITIVE_INFINITY, // every reading of evidence is a log entry
  })
}

export function useDecide(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (vote: { decision: Decision; note: string }) => ask(`/api/outputs/${encodeURIComponent(id)}/reviews`, { method: 'POST', body: vote }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['output', id] })
      void queries.invalidateQueries({ queryKey: ['outputs'] })
    },
  })
}
