import { useState } from 'react'
import { Form, Input, Label, TextField } from 'react-aria-components'
import { useLocation } from 'wouter'
import { Problem } from '../api/client.ts'
import { useSignIn } from '../api/session.ts'
import { Mark } from '../app/Shell.tsx'
import { usePhrases } from '../i18n/language.tsx'
import { Button, Notice, useTitle } from '../kit/kit.tsx'
import { useAcceptInvitation } from './queries.ts'
import { texts } from './texts.ts'
import './people.css'

export default function InvitationPage() {
  const said = usePhrases(texts)
  const accept = useAcceptInvitation()
  const signIn = useSignIn()
  const [, go] = useLocation()
  const [code, type] = useState(() => decodeURIComponent(location.hash.slice(1)))
  const [password, choose] = useState('')
  useTitle(said.welcome)
  return (
    <div className="welcome stack">
      <div className="stack tight">
        <Mark size={44} />
        <h1>{said.welcome}</h1>
        <p className="soft">{said.welcomeLede}</p>
      </div>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          accept.mutate({ code, password }, { onSuccess: ({ name }) => signIn.mutate({ user: name, password }, { onSuccess: () => go('/account', { replace: true }), onError: () => go('/signin', { replace: true }) }) })
        }}
      >
        {accept.error && <Notice tone="red" icon="warn" role="alert" title={accept.error.message}>{accept.error instanceof Problem && accept.error.detail}</Notice>}
        <TextField className="field" value={code} onChange={type} isRequired autoFocus={!code}>
          <Label>{said.code}</Label>
          <Input autoCapitalize="none" spellCheck={false} autoComplete="off" />
        </TextField>
        <TextField className="field" type="password" value={password} onChange={choose} minLength={12} maxLength={256} autoComplete="new-password" isRequired autoFocus={!!code}>
          <Label>{said.newPassword}</Label>
          <Input />
        </TextField>
        <Button look="primary" type="submit" isPending={accept.isPending || signIn.isPending}>{said.begin}</Button>
      </Form>
    </div>
  )
}
