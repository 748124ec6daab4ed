import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import type { Change, Invitation, Page, Person, Role, Training } from '../api/types.ts'

export function usePeople() {
  return useQuery({ queryKey: ['people'], queryFn: () => ask<Page<Person>>('/api/accounts'), refetchOnWindowFocus: false })
}

export function useChanges() {
  return useQuery({ queryKey: ['changes'], queryFn: () => ask<Page<Change>>('/api/changes'), refetchOnWindowFocus: false })
}

function useAct<Given, Answer>(act: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: ['people'] }), queries.invalidateQueries({ queryKey: ['changes'] })]),
  })
}

const of = (id: string) => `/api/accounts/${encodeURIComponent(id)}`

export const useInvite = () => useAct((given: { name: string; displayName: string }) => ask<{ account: Person; invitation: Invitation }>('/api/accounts', { method: 'POST', body: given }))
export const useSuspend = () => useAct((id: string) => ask(`${of(id)}/suspension`, { method: 'POST', body: {} }))
export const useTrain = () => useAct(({ id, training, until }: { id: string; training: Training; until: string }) => ask(`${of(id)}/trainings/${training}`, { method: 'PUT', body: { until } }))
export const usePropose = () => useAct(({ id, ...body }: { id: string; kind: Change['kind']; roles?: Role[] }) => ask<Change>(`${of(id)}/changes`, { method: 'POST', body }))
export const useDecide = () => useAct(({ id, decision }: { id: string; decision: 'confirm' | 'refuse' }) => ask<Change>(`/api/changes/${encodeURIComponent(id)}/decisions`, { method: 'POST', body: { decision } }))
export const useAcceptInvitation = () => useMutation({ mutationFn: (given: { code: string; password: string }) => ask<{ name: string; displayName: string }>('/api/invitations', { method: 'POST', body: given }) })
