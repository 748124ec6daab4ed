import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, Problem } from './client.ts'
import type { Instance, Role, Session } from './types.ts'

const key = ['session']

/** null: nobody is signed in. */
export function useSession() {
  return useQuery({
    queryKey: key,
    queryFn: () =>
      ask<Session>('/api/session').catch((problem: unknown) => {
        if (problem instanceof Problem && problem.status === 401) return null
        throw problem
      }),
    staleTime: 60_000,
    refetchOnWindowFocus: true,
  })
}

export function useMe() {
  const session = useSession().data
  if (!session) throw new Error('a page for signed-in people was shown to nobody')
  return session
}

export function has(session: Session | null | undefined, ...roles: Role[]): boolean {
  return !!session && session.user.roles.some((role) => roles.includes(role.toLowerCase() as Role))
}

export function useInstance() {
  return useQuery({
    queryKey: ['instance'],
    queryFn: () => ask<Instance>('/api/public/instance').catch(() => ({ demo: false }) as Instance),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: { user: string; password: string; otp?: string }) => ask('/api/session', { method: 'POST', body: given }),
    onSuccess: async () => {
      forget(queries)
      await queries.refetchQueries({ queryKey: key })
    },
  })
}

export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask('/api/session', { method: 'DELETE' }),
    onSettled: () => {
      forget(queries)
      queries.setQueryData(key, null)
    },
  })
}

/** The session ended under us: keep nothing of what that person saw. */
export function ended(queries: QueryClient): void {
  if (queries.getQueryData(key)) queries.setQueryData(key, null)
}

function forget(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'instance' })
}
