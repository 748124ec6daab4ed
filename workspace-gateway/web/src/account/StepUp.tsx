import { useEffect, useRef, useState } from 'react'
import { Dialog, Form, Heading, Input, Label, Modal, ModalOverlay, Text, TextField } from 'react-aria-components'
import { Problem, whenStepUp } from '../api/client.ts'
import { obstacle, wasLeft } from '../api/passkeys.ts'
import { useProviderStepUp, useSession, useStepUp } from '../api/session.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Button, Notice } from '../kit/kit.tsx'
import { refused } from '../signin/texts.ts'
import { stepUp, texts } from './texts.ts'

/**
 * Stands by for acts that need a second factor once more: asks for it, and the act goes on where it stopped. Whoever has
 * none is told by the act itself what to do.
 */
export function StepUp() {
  const said = usePhrases(stepUp)
  const [open, show] = useState(false)
  const waiting = useRef<((shown: boolean) => void)[]>([])
  const { data: session } = useSession()
  const none = session?.factors?.length === 0
  useEffect(
    () =>
      whenStepUp(
        () =>
          new Promise((resolve) => {
            if (none) return resolve(false)
            waiting.current.push(resolve)
            show(true)
          }),
      ),
    [none],
  )
  const end = (shown: boolean) => {
    show(false)
    for (const resolve of waiting.current.splice(0)) resolve(shown)
  }
  return (
    <ModalOverlay className="veil" isDismissable isOpen={open} onOpenChange={(stays) => stays || end(false)}>
      <Modal className="dialog">
        <Dialog>
          <Heading slot="title" level={2}>{said.title}</Heading>
          <p className="soft">{said.lede}</p>
          <Ask onShown={() => end(true)} onCancel={() => end(false)} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Ask({ onShown, onCancel }: { onShown(): void; onCancel(): void }) {
  const said = usePhrases(stepUp)
  const common = usePhrases(texts)
  const refusals = usePhrases(refused)
  const factors = useSession().data?.factors ?? []
  const step = useStepUp()
  const elsewhere = useProviderStepUp()
  const [code, type] = useState('')
  const passkey = factors.includes('passkey')
  const codes = factors.some((factor) => factor === 'totp' || factor === 'recovery-code')
  const here = !obstacle()
  return (
    <>
      {step.error && (
        <Notice tone="red" icon="warn" role="alert" title={wasLeft(step.error) ? common.left : step.error.message}>
          {step.error instanceof Problem && step.error.detail}
        </Notice>
      )}
      {elsewhere.error && (
        <Notice tone="red" icon="warn" role="alert" title={said.refusedTitle}>
          {(elsewhere.error instanceof Problem && refusals[elsewhere.error.detail as keyof typeof refused]) || elsewhere.error.message}
        </Notice>
      )}
      {factors.includes('provider') && <Button look="primary" icon="globe" autoFocus isPending={elsewhere.isPending} onPress={() => elsewhere.mutate(undefined, { onSuccess: onShown })}>{said.provider}</Button>}
      {passkey && here && <Button look={codes ? undefined : 'primary'} icon="key" autoFocus isPending={step.isPending && step.variables === undefined} onPress={() => step.mutate(undefined, { onSuccess: onShown })}>{said.passkey}</Button>}
      {passkey && !here && <Notice icon="info">{said.elsewhere}</Notice>}
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          step.mutate(code, { onSuccess: onShown })
        }}
      >
        {codes && (
          <TextField className="field" value={code} onChange={type} autoComplete="one-time-code" isRequired autoFocus={!passkey || !here}>
            <Label>{said.code}</Label>
            <Input autoCapitalize="none" spellCheck={false} />
            <Text slot="description" className="hint">{said.codeHint}</Text>
          </TextField>
        )}
        <div className="row">
          <Button onPress={onCancel}>{common.cancel}</Button>
          {codes && <Button look="primary" type="submit" isPending={step.isPending && step.variables !== undefined}>{said.go}</Button>}
        </div>
      </Form>
    </>
  )
}
