import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Notice } from '../kit/kit.tsx'
import { texts } from './texts.ts'

export function Withdraw({ id }: { id: string }) {
  const said = usePhrases(texts)
  const queries = useQueryClient()
  const withdraw = useMutation({
    mutationFn: () => ask(`/api/outputs/${encodeURIComponent(id)}/withdraw`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'output' || queryKey[0] === 'outputs' }),
  })
  return (
    <>
      {withdraw.error && <Notice tone="red" icon="warn" role="alert">{withdraw.error.message}</Notice>}
      <Confirm title={said.withdrawTitle} act={said.withdraw} keep={said.keep} onAct={() => withdraw.mutate()} trigger={<Button icon="minus" isPending={withdraw.isPending}>{said.withdraw}</Button>}>
        {said.withdrawWhat}
      </Confirm>
    </>
  )
}
