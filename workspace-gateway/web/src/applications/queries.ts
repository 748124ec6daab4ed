import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import type { Application, Page } from '../api/types.ts'

export const useApplications = () => useQuery({ queryKey: ['applications'], queryFn: () => ask<Page<Application>>('/api/applications') })

export const useApplication = (id: string) => useQuery({ queryKey: ['application', id], queryFn: () => ask<Application>(`/api/applications/${encodeURIComponent(id)}`) })

export type Draft = {
  title: string
  purpose: string
  outputs: string
  datasets: { dataset: string; from?: string; to?: string }[]
  members: string[]
  rules: string
  reviews: number
  expires: string
  visiting: { desktop: boolean; notebooks: boolean; clipboardIn: boolean; software: string[] }
}

export function useApply() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (draft: Draft) => ask<Application>('/api/applications', { method: 'POST', body: draft }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['applications'] }),
  })
}

export function useDecideApplication(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (decision: { decision: 'approve' | 'reject' | 'return'; note: string }) => ask(`/api/applications/${encodeURIComponent(id)}/decisions`, { method: 'POST', body: decision }),
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => ['application', 'applications', 'projects'].includes(String(queryKey[0])) }),
  })
}
