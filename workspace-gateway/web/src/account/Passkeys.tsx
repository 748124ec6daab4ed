import { useState } from 'react'
import { Form, Input, Label, Text, TextField } from 'react-aria-components'
import { Problem } from '../api/client.ts'
import { named, obstacle, wasLeft } from '../api/passkeys.ts'
import type { Passkey } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Notice, Time } from '../kit/kit.tsx'
import { OwnPassword } from './OwnPassword.tsx'
import { useAddPasskey, useRemovePasskey } from './queries.ts'
import { texts } from './texts.ts'

export function Passkeys({ passkeys, onAdded }: { passkeys: Passkey[]; onAdded(codes: { recoveryCodes?: string[] }): void }) {
  const said = usePhrases(texts)
  const add = useAddPasskey()
  const remove = useRemovePasskey()
  const [name, call] = useState('')
  const [password, type] = useState('')
  const why = obstacle()
  const problem = add.error ?? remove.error
  return (
    <section className="card" data-factor="passkey">
      <header><h2>{said.passkeys}</h2></header>
      {passkeys.length > 0 && (
        <ul className="rows two">
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <div className="line">
                <span className="title">{passkey.name || said.unnamed}</span>
                <Confirm title={said.removePasskey} act={said.remove} onAct={() => remove.mutate(passkey.id)} trigger={<Button small look="danger" aria-label={`${said.remove}: ${passkey.name || said.unnamed}`}>{said.remove}</Button>}>
                  <p>{said.removePasskeyWhat}</p>
                </Confirm>
                <span className="under">
                  <span>{said.added} <Time at={passkey.since} style="date" /></span>
                  {passkey.used && <span>{said.used} <Time at={passkey.used} style="ago" /></span>}
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div className="body stack">
        <p className="soft">{said.passkeysWhat}</p>
        {problem && (
          <Notice tone="red" icon="warn" role="alert" title={wasLeft(problem) ? said.left : problem.message}>
            {problem instanceof Problem && problem.detail}
          </Notice>
        )}
        {why ? <Why why={why} /> : (
          <Form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              add.mutate({ name: name.trim(), password }, { onSuccess: (codes) => { call(''); onAdded(codes) }, onSettled: () => type('') })
            }}
          >
            <TextField className="field" value={name} onChange={call} maxLength={60}>
              <Label>{said.passkeyName}</Label>
              <Input />
              <Text slot="description" className="hint">{said.passkeyNameHint}</Text>
            </TextField>
            <OwnPassword value={password} onChange={type} />
            <div className="row"><Button look="primary" icon="key" type="submit" isPending={add.isPending}>{said.addPasskey}</Button></div>
          </Form>
        )}
      </div>
    </section>
  )
}

function Why({ why }: { why: NonNullable<ReturnType<typeof obstacle>> }) {
  const said = usePhrases(texts)
  const words = { numbers: [said.noNumbers, said.noNumbersWhat], insecure: [said.insecure, said.insecureWhat], browser: [said.noBrowser, said.noBrowserWhat] }[why]
  const elsewhere = named()
  return (
    <Notice icon="info" title={words[0]}>
      <span>{words[1]}</span>
      {why === 'numbers' && elsewhere && <span>{said.openNamed} <a href={elsewhere}>{elsewhere}</a></span>}
    </Notice>
  )
}
