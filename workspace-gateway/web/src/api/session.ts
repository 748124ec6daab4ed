import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, Problem } from './client.ts'
import { answer, type Question } from './passkeys.ts'
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

export type Credentials = { user: string; password: string; otp?: string }

/** With a name and a password, or with a passkey where nothing is given. */
export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (given: Credentials | 'passkey') => {
      if (given !== 'passkey') return ask('/api/session', { method: 'POST', body: given })
      const question = await ask<Question>('/api/session/passkey/challenge', { method: 'POST' })
      return ask('/api/session/passkey', { method: 'POST', body: { credential: await answer(question) } })
    },
    onSuccess: async () => {
      forget(queries)
      await queries.refetchQueries({ queryKey: key })
    },
  })
}

/** Shows a second factor once more: a code, or a passkey where none is given. */
export function useStepUp() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (otp?: string) => {
      if (otp !== undefined) return ask('/api/session/step-up', { method: 'POST', body: { otp } })
      const question = await ask<Question>('/api/session/step-up/challenge', { method: 'POST' })
      return ask('/api/session/step-up', { method: 'POST', body: { credential: await answer(question) } })
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  })
}

type Way = { location: string }

/** Leaves for the identity provider, which sends back to this place. */
export function useProvider() {
  return useMutation({
    mutationFn: (next: string) => ask<Way>('/api/session/provider', { method: 'POST', body: { next } }),
    onSuccess: ({ location: away }) => location.assign(away),
  })
}

const shownChannel = 'shown'

/** Tells the page that waits in another window what came of a sign-in once more. */
export function tellShown(refused: string | null): void {
  const channel = new BroadcastChannel(shownChannel)
  channel.postMessage(refused)
  channel.close()
}

/** Shows the provider in a window of its own, and waits until the session is fresh anew by it or that was refused. */
export function useProviderStepUp() {
  const queries = useQueryClient()
  const { data: session } = useSession()
  return useMutation({
    mutationFn: async () => {
      const before = session?.freshUntil ? Date.parse(session.freshUntil) : 0
      const shown = window.open('about:blank', '_blank', 'popup,width=520,height=680')
      const { location: away } = await ask<Way>('/api/session/provider/step-up', { method: 'POST', body: { next: '/shown' } })
      if (shown) shown.location.href = away
      let refused: string | null = null
      const channel = new BroadcastChannel(shownChannel)
      channel.onmessage = (told: MessageEvent<string | null>) => { refused = told.data }
      try {
        for (let waited = 0; waited < 300 && !refused; waited++) {
          await new Promise((resolve) => setTimeout(resolve, 1000))
          const { freshUntil } = await ask<Session>('/api/session')
          if (freshUntil && Date.parse(freshUntil) > Math.max(before, Date.now())) return
        }
      } finally {
        channel.close()
      }
      throw new Problem(403, 'step-up', '', refused ?? undefined)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
}

export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      if (!queries.getQueryData<Session | null>(key)?.provider) return ask('/api/session', { method: 'DELETE' })
      const { location: away } = await ask<Way>('/api/session/provider/sign-out', { method: 'POST', body: {} })
      location.assign(away)
    },
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
