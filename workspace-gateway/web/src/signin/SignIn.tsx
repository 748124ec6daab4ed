import { useState } from 'react'
import { Form, Input, Label, Text, TextField } from 'react-aria-components'
import { Link, Redirect, useSearch } from 'wouter'
import { Problem } from '../api/client.ts'
import { named, obstacle, wasLeft } from '../api/passkeys.ts'
import { type Credentials, useInstance, useProvider, useSession, useSignIn } from '../api/session.ts'
import type { Factor, Role } from '../api/types.ts'
import { safeNext } from '../app/places.ts'
import { Mark } from '../app/Shell.tsx'
import { roles } from '../app/texts.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Button, Notice, useTitle } from '../kit/kit.tsx'
import { texts as kit } from '../kit/texts.ts'
import { refused, texts } from './texts.ts'
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

type Refusal = keyof typeof refused

export default function SignIn() {
  const said = usePhrases(texts)
  const refusals = usePhrases(refused)
  const text = useText()
  const asked = new URLSearchParams(useSearch())
  const session = useSession().data
  const instance = useInstance().data
  const signIn = useSignIn()
  const provider = useProvider()
  const [user, setUser] = useState('')
  const [password, setPassword] = useState('')
  const [otp, setOtp] = useState('')
  const [factors, need] = useState<Factor[]>()
  useTitle(said.title)
  const why = asked.get('refused')
  if (session) return <Redirect to={why ? `/shown?refused=${encodeURIComponent(why)}` : safeNext(asked.get('next'))} replace />
  const problem = signIn.error instanceof Problem && signIn.error.reason === 'otp-needed' ? null : signIn.error
  const codes = factors?.some((factor) => factor !== 'passkey')
  const enter = (given: Credentials) =>
    signIn.mutate(given, {
      onError: (refused) => {
        if (refused instanceof Problem && refused.reason === 'otp-needed') need(refused.factors)
      },
    })
  const again = () => {
    need(undefined)
    setOtp('')
    setPassword('')
    signIn.reset()
  }

  return (
    <div className="signin">
      <section className="stack">
        <div className="stack tight">
          <Mark size={44} />
          <h1>{said.title}</h1>
          <p className="soft">{said.lede}</p>
        </div>
        {why && <Notice tone="red" icon="warn" title={said.refusedTitle} role="alert">{refusals[why as Refusal] ?? refusals.token}</Notice>}
        {asked.get('ended') && <Notice tone="accent" icon="clock" title={said.endedTitle} role="status">{said.ended}</Notice>}
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            enter(factors ? { user, password, otp } : { user, password })
          }}
        >
          {factors ? (
            <>
              <Notice icon="shield" title={said.secondTitle(user)} role="status">{codes ? said.second : said.secondPasskey}</Notice>
              {codes && (
                <TextField className="field" value={otp} onChange={setOtp} autoComplete="one-time-code" isRequired autoFocus>
                  <Label>{said.otp}</Label>
                  <Input autoCapitalize="none" spellCheck={false} />
                  <Text slot="description" className="hint">{said.otpHint}</Text>
                </TextField>
              )}
            </>
          ) : (
            <>
              <TextField className="field" value={user} onChange={setUser} autoComplete="username" isRequired>
                <Label>{said.user}</Label>
                <Input autoCapitalize="none" spellCheck={false} autoFocus={!instance?.demo} />
              </TextField>
              <TextField className="field" value={password} onChange={setPassword} type="password" autoComplete="current-password" isRequired>
                <Label>{said.password}</Label>
                <Input />
              </TextField>
            </>
          )}
          {(problem ?? provider.error) && <Refused problem={(problem ?? provider.error)!} />}
          {(codes ?? true) && <Button look="primary" type="submit" isPending={signIn.isPending && signIn.variables !== 'passkey'}>{signIn.isPending ? said.signingIn : said.signIn}</Button>}
          {(!factors || factors.includes('passkey')) && (
            <Button icon="key" look={codes === false ? 'primary' : undefined} isDisabled={!!obstacle()} isPending={signIn.isPending && signIn.variables === 'passkey'} onPress={() => signIn.mutate('passkey')}>{said.passkey}</Button>
          )}
          {!factors && instance?.provider && <Button icon="globe" isPending={provider.isPending} onPress={() => provider.mutate(safeNext(asked.get('next')))}>{said.provider(instance.provider)}</Button>}
          {obstacle() === 'numbers' && named() && <p className="small dim">{said.passkeyNamed} <a href={named()}>{named()}</a></p>}
          {factors && <Button look="quiet" onPress={again}>{said.otherPerson}</Button>}
        </Form>
        <p className="small dim logged"><Icon name="shield" />{said.logged}</p>
      </section>
      <aside className="stack">
        {instance?.sandbox && !instance.sandbox.isolated && (
          <Notice tone="amber" icon="warn" title={said.noSandboxTitle}>{text(instance.sandbox.text) || said.noSandbox}</Notice>
        )}
        {instance?.demo && <Demo onChoose={(name) => { setUser(name); setPassword('sekisho-demo'); enter({ user: name, password: 'sekisho-demo' }) }} busy={signIn.isPending} />}
        <div className="stack tight small">
          <h2 className="label">{said.public}</h2>
          <Link href="/catalogue">{said.catalogue}</Link>
          <Link href="/register">{said.register}</Link>
        </div>
      </aside>
    </div>
  )
}

function Refused({ problem }: { problem: Error }) {
  const said = usePhrases(texts)
  const common = usePhrases(kit)
  if (wasLeft(problem)) return <Notice tone="amber" icon="key" role="alert" title={said.passkeyLeft} />
  const told = problem instanceof Problem ? problem : undefined
  const offline = told?.reason === 'offline'
  return (
    <Notice tone="red" icon="warn" role="alert" title={offline ? common.offlineTitle : problem.message}>
      {offline ? common.offline : told?.detail}
    </Notice>
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
