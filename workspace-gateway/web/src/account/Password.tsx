import { useState } from 'react'
import { Form, Input, Label, TextField } from 'react-aria-components'
import { Problem } from '../api/client.ts'
import { useSignOut } from '../api/session.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Button, Notice } from '../kit/kit.tsx'
import { useChangePassword } from './queries.ts'
import { texts } from './texts.ts'

export function Password() {
  const said = usePhrases(texts)
  const change = useChangePassword()
  const leave = useSignOut()
  const [old, typeOld] = useState('')
  const [password, type] = useState('')
  return (
    <section className="card">
      <header><h2>{said.password}</h2></header>
      <Form
        className="body stack"
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate({ old, password }, { onSuccess: () => leave.mutate() })
        }}
      >
        <p className="soft">{said.passwordWhat}</p>
        {change.error && (
          <Notice tone="red" icon="warn" role="alert" title={change.error.message}>
            {change.error instanceof Problem && change.error.detail}
          </Notice>
        )}
        <TextField className="field" type="password" value={old} onChange={typeOld} autoComplete="current-password" isRequired>
          <Label>{said.oldPassword}</Label>
          <Input />
        </TextField>
        <TextField className="field" type="password" value={password} onChange={type} autoComplete="new-password" minLength={12} maxLength={256} isRequired>
          <Label>{said.newPassword}</Label>
          <Input />
        </TextField>
        <div className="row"><Button type="submit" isPending={change.isPending}>{said.change}</Button></div>
      </Form>
    </section>
  )
}
