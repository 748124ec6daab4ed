import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, query } from '../api/client.ts'
import type { Input, InputKind, Page } from '../api/types.ts'
import { stopSending } from './upload.ts'

const at = (id: string) => `/api/inputs/${encodeURIComponent(id)}`
const isMoving = ({ state }: Pick<Input, 'state'>) => state === 'scanning' || state === 'accepted'

export function useInputs(given: { project?: string | undefined; state?: string }, enabled = true) {
  return useQuery({
    queryKey: ['inputs', given],
    queryFn: () => ask<Page<Input>>(`/api/inputs${query({ ...given, limit: 200 })}`),
    enabled,
    refetchInterval: ({ state }) => (state.data?.items.some(isMoving) ? 1_000 : 15_000),
  })
}

export function useInput(id: string) {
  return useQuery({
    queryKey: ['input', id],
    queryFn: () => ask<Input>(at(id)),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 700 : false), // a steward's look is an entry of the log
  })
}

export type Wish = { name: string; bytes: number; sha256?: string | undefined; purpose: string; kind: InputKind }

export function useBegin(project: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (wish: Wish) => ask<Input>(`/api/projects/${encodeURIComponent(project)}/inputs`, { method: 'POST', body: wish }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['inputs'] }),
  })
}

export function useTakeBack(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => {
      stopSending(id)
      return ask(at(id), { method: 'DELETE' })
    },
    onSettled: () => refresh(queries, id),
  })
}

/** Compares a delivered image with what was accepted. */
export function useVerify(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask<{ intact: boolean; differences: string[] }>(`${at(id)}/verifications`, { method: 'POST', body: {} }),
    onSettled: () => refresh(queries, id),
  })
}

export function useReviewInput(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: { decision: 'accept' | 'refuse'; note: string }) => ask<Input>(`${at(id)}/reviews`, { method: 'POST', body: given }),
    onSettled: () => refresh(queries, id),
  })
}

export function refresh(queries: ReturnType<typeof useQueryClient>, id: string) {
  return Promise.all([queries.invalidateQueries({ queryKey: ['inputs'] }), queries.invalidateQueries({ queryKey: ['input', id] })])
}
