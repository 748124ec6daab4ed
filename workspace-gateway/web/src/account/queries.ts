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

export const useOffer = () => useMutation({ mutationFn: (password: string) => ask<{ secret: string; uri: string }>('/api/account/totp', { method: 'POST', body: { password } }) })
export const useAccept = () => useAct((code: string) => ask<Codes>('/api/account/totp', { method: 'PUT', body: { code } }))
export const useRemoveTotp = () => useAct(() => ask('/api/account/totp', { method: 'DELETE' }))
export const useRemovePasskey = () => useAct((id: string) => ask(`/api/account/passkeys/${encodeURIComponent(id)}`, { method: 'DELETE' }))
export const useRenewCodes = () => useAct((password: string) => ask<Codes>('/api/account/recovery-codes', { method: 'POST', body: { password } }))
export const useChangePassword = () => useMutation({ mutationFn: (given: { old: string; password: string }) => ask('/api/account/password', { method: 'PUT', body: given }) })

export function useAddPasskey() {
  return useAct(async ({ name, password }: { name: string; password: string }) => {
    const creation = await ask<Creation>('/api/account/passkeys/challenge', { method: 'POST', body: { password } })
    return ask<Codes>('/api/account/passkeys', { method: 'POST', body: { name, credential: await create(creation) } })
  })
}
