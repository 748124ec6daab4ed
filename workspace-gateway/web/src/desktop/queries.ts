import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import type { Workspace } from '../api/types.ts'

export function useWorkspace(id: string) {
  return useQuery({ queryKey: ['workspace', id], queryFn: ({ signal }) => ask<Workspace>(`/api/workspaces/${id}`, { signal }), refetchInterval: 10_000 })
}

/** Lock, unlock, end: each changes what the workspace is. */
function useAct<T>(id: string, act: (given: T) => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['workspace', id] })
      void queries.invalidateQueries({ queryKey: ['workspaces'] })
    },
  })
}

export const useLock = (id: string) => useAct<void>(id, () => ask(`/api/workspaces/${id}/lock`, { method: 'POST' }))
export const useUnlock = (id: string) => useAct<string>(id, (password) => ask(`/api/workspaces/${id}/unlock`, { method: 'POST', body: { password } }))
export const useEnd = (id: string) => useAct<void>(id, () => ask(`/api/workspaces/${id}`, { method: 'DELETE' }))
