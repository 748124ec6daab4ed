import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import { create, type Creation } from '../api/passkeys.ts'
import type { Account } from '../api/types.ts'

type Codes = { recoveryCodes?: string[] }

export function useAccount() {
  return useQuery({ queryKey: ['account'], queryFn: () => ask<Account>('/api/account') })
}

async function changed(queries: QueryClient): Promise<void> {
  await Promise.all([queries.invalidateQueries({ queryKey: ['account'] }), queries.invalidateQueries({ queryKey: ['session'] })])
}

/** An act on one's own account; afterwards the page asks again what there is. */
function useAct<Given, Answer>(act: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: act, onSuccess: () => changed(queries) })
}

/** The password of whoever adds a way to sign in; none where the sign-in has just begun with it. */
export type Known = { password?: string }

export const useOffer = () => useMutation({ mutationFn: (known: Known) => ask<{ secret: string; uri: string }>('/api/account/totp', { method: 'POST', body: known }) })
export const useAccept = () => useAct((code: string) => ask<Codes>('/api/account/totp', { method: 'PUT', body: { code } }))
export const useRemoveTotp = () => useAct(() => ask('/api/account/totp', { method: 'DELETE' }))
export const useRemovePasskey = () => useAct((id: string) => ask(`/api/account/passkeys/${encodeURIComponent(id)}`, { method: 'DELETE' }))
export const useRenewCodes = () => useAct((known: Known) => ask<Codes>('/api/account/recovery-codes', { method: 'POST', body: known }))
export const useChangePassword = () => useMutation({ mutationFn: (given: { old: string; password: string }) => ask('/api/account/password', { method: 'PUT', body: given }) })

export function useAddPasskey() {
  return useAct(async ({ name, ...known }: Known & { name: string }) => {
    const creation = await ask<Creation>('/api/account/passkeys/challenge', { method: 'POST', body: known })
    return ask<Codes>('/api/account/passkeys', { method: 'POST', body: { name, credential: await create(creation) } })
  })
}
