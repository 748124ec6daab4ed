import { useState } from 'react'
import { Form, Input, Label, TextField } from 'react-aria-components'
import { Link, Redirect, useSearch } from 'wouter'
import { useInstance, useSession, useSignIn } from '../api/session.ts'
import type { Role } from '../api/types.ts'
import { safeNext } from '../app/places.ts'
import { Mark } from '../app/Shell.tsx'
import { roles } from '../app/texts.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Button, Notice, useTitle } from '../kit/kit.tsx'
import { texts as kit } from '../kit/texts.ts'
import { texts } from './texts.ts'
import './signin.css'

const demo: [string, Role][] = [
  ['analyst', 'analyst'],
  ['researcher', 'researcher'],
  ['checker', 'checker'],
  ['checker2', 'checker'],
  ['security', 'security'],
  ['reviewer', 'reviewer'],
  ['steward', 'steward'],
  ['admin', 'admin'],
]

export default function SignIn() {
  const said = usePhrases(texts)
  const common = usePhrases(kit)
  const text = useText()
  const asked = new URLSearchParams(useSearch())
  const session = useSession().data
  const instance = useInstance().data
  const signIn = useSignIn()
  const [user, setUser] = useState('')
  const [password, setPassword] = useState('')
  useTitle(said.title)
  if (session) return <Redirect to={safeNext(asked.get('next'))} replace />
  const problem = signIn.error as (Error & { detail?: string; reason?: string }) | null

  return (
    <div className="signin">
      <section className="stack">
        <div className="stack tight">
          <Mark size={44} />
          <h1>{said.title}</h1>
          <p className="soft">{said.lede}</p>
        </div>
        {asked.get('ended') && <Notice tone="accent" icon="clock" title={said.endedTitle} role="status">{said.ended}</Notice>}
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            signIn.mutate({ user, password })
          }}
        >
          <TextField className="field" value={user} onChange={setUser} autoComplete="username" isRequired>
            <Label>{said.user}</Label>
            <Input autoCapitalize="none" spellCheck={false} autoFocus={!instance?.demo} />
          </TextField>
          <TextField className="field" value={password} onChange={setPassword} type="password" autoComplete="current-password" isRequired>
            <Label>{said.password}</Label>
            <Input />
          </TextField>
          {problem && (
            <Notice tone="red" icon="warn" role="alert" title={problem.reason === 'offline' ? common.offlineTitle : problem.message}>
              {problem.reason === 'offline' ? common.offline : problem.detail}
            </Notice>
          )}
          <Button look="primary" type="submit" isPending={signIn.isPending}>{signIn.isPending ? said.signingIn : said.signIn}</Button>
        </Form>
        <p className="small dim logged"><Icon name="shield" />{said.logged}</p>
      </section>
      <aside className="stack">
        {instance?.sandbox && !instance.sandbox.isolated && (
          <Notice tone="amber" icon="warn" title={said.noSandboxTitle}>{text(instance.sandbox.text) || said.noSandbox}</Notice>
        )}
        {instance?.demo && <Demo onChoose={(name) => signIn.mutate({ user: name, password: 'sekisho-demo' })} busy={signIn.isPending} />}
        <div className="stack tight small">
          <h2 className="label">{said.public}</h2>
          <Link href="/catalogue">{said.catalogue}</Link>
          <Link href="/register">{said.register}</Link>
        </div>
      </aside>
    </div>
  )
}

function Demo({ onChoose, busy }: { onChoose(name: string): void; busy: boolean }) {
  const said = usePhrases(texts)
  const role = usePhrases(roles)
  return (
    <div className="card demo">
      <header>
        <div>
          <h2>{said.demoTitle}</h2>
          <p className="small dim">{said.demo}</p>
        </div>
      </header>
      <ul>
        {demo.map(([name, is]) => (
          <li key={name}>
            <Button look="quiet" isDisabled={busy} onPress={() => onChoose(name)}>
              <span className="grow">{role[is]}</span>
              <code>{name}</code>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
