import { useState } from 'react'
import { Form, Input, Label, TextField } from 'react-aria-components'
import { Problem } from '../api/client.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Notice, Time } from '../kit/kit.tsx'
import { OwnPassword } from './OwnPassword.tsx'
import { qr } from './qr.ts'
import { useAccept, useOffer, useRemoveTotp } from './queries.ts'
import { texts } from './texts.ts'

export function Application({ since, onAdded }: { since: string | undefined; onAdded(codes: { recoveryCodes?: string[] }): void }) {
  const said = usePhrases(texts)
  const offer = useOffer()
  const [password, type] = useState('')
  const remove = useRemoveTotp()
  const problem = offer.error ?? remove.error
  return (
    <section className="card" data-factor="totp">
      <header>
        <h2>{said.app}</h2>
        {since && <span className="small dim">{said.appSince} <Time at={since} style="date" /></span>}
      </header>
      <div className="body stack">
        <p className="soft">{said.appWhat}</p>
        {problem && (
          <Notice tone="red" icon="warn" role="alert" title={problem.message}>
            {problem instanceof Problem && problem.detail}
          </Notice>
        )}
        {offer.data ? (
          <SetUp {...offer.data} onEnd={(codes) => { offer.reset(); if (codes) onAdded(codes) }} />
        ) : (
          <Form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              offer.mutate(password, { onSettled: () => type('') })
            }}
          >
            <OwnPassword value={password} onChange={type} />
            <div className="row">
              <Button type="submit" icon={since ? 'turn' : undefined} look={since ? undefined : 'primary'} isPending={offer.isPending}>{since ? said.replace : said.setUp}</Button>
              {since && (
                <Confirm title={said.removeApp} act={said.remove} onAct={() => remove.mutate(undefined)} trigger={<Button look="danger">{said.remove}</Button>}>
                  <p>{said.removeAppWhat}</p>
                </Confirm>
              )}
            </div>
          </Form>
        )}
      </div>
    </section>
  )
}

function SetUp({ secret, uri, onEnd }: { secret: string; uri: string; onEnd(codes?: { recoveryCodes?: string[] }): void }) {
  const said = usePhrases(texts)
  const accept = useAccept()
  const [code, type] = useState('')
  return (
    <div className="setup">
      <Picture of={uri} />
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          accept.mutate(code, { onSuccess: onEnd })
        }}
      >
        <p>{said.scan}</p>
        <p className="small"><span className="dim">{said.orType}</span><br /><code className="secret">{secret.replace(/(.{4})(?!$)/g, '$1 ')}</code></p>
        {accept.error && <Notice tone="red" icon="warn" role="alert" title={accept.error.message} />}
        <TextField className="field" value={code} onChange={type} inputMode="numeric" autoComplete="one-time-code" isRequired autoFocus>
          <Label>{said.code}</Label>
          <Input />
        </TextField>
        <div className="row">
          <Button look="primary" type="submit" isPending={accept.isPending}>{said.confirm}</Button>
          <Button onPress={() => onEnd()}>{said.cancel}</Button>
        </div>
      </Form>
    </div>
  )
}

/** Drawn here, black on white in every colour scheme, as cameras want it. */
function Picture({ of }: { of: string }) {
  const said = usePhrases(texts)
  const { size, path } = qr(of)
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" role="img" aria-label={said.picture}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
