import { useState } from 'react'
import { Problem } from '../api/client.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Notice } from '../kit/kit.tsx'
import { OwnPassword } from './OwnPassword.tsx'
import { useRenewCodes } from './queries.ts'
import { texts } from './texts.ts'

export function Recovery({ left, possible, onRenewed }: { left: number; possible: boolean; onRenewed(codes: { recoveryCodes?: string[] }): void }) {
  const said = usePhrases(texts)
  const renew = useRenewCodes()
  const [password, type] = useState('')
  return (
    <section className="card" data-factor="recovery-code">
      <header><h2>{said.recovery}</h2></header>
      <div className="body stack">
        <p className="soft">{said.recoveryWhat} {possible ? said.recoveryLeft(left) : said.recoveryFirst}</p>
        {renew.error && (
          <Notice tone="red" icon="warn" role="alert" title={renew.error.message}>
            {renew.error instanceof Problem && renew.error.detail}
          </Notice>
        )}
        {possible && (
          <div className="row">
            <Confirm title={said.renewTitle} act={said.renew} ready={password !== ''} onClose={() => type('')} onAct={() => renew.mutate(password, { onSuccess: onRenewed })} trigger={<Button icon="turn" isPending={renew.isPending}>{said.renew}</Button>}>
              <p>{said.renewWhat}</p>
              <OwnPassword value={password} onChange={type} />
            </Confirm>
          </div>
        )}
      </div>
    </section>
  )
}

/** They stay until the person says that they are kept. */
export function FreshCodes({ codes, onKept }: { codes: string[]; onKept(): void }) {
  const said = usePhrases(texts)
  const [copied, mark] = useState(false)
  return (
    <section className="card codes" role="region" aria-label={said.recovery}>
      <header><h2>{said.codesTitle}</h2></header>
      <div className="body stack">
        <p className="soft">{said.recoveryWhat}</p>
        <ol>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
        <div className="row">
          <Button icon={copied ? 'check' : 'copy'} onPress={() => void navigator.clipboard?.writeText(codes.join('\n')).then(() => mark(true))}>{copied ? said.copied : said.copyCodes}</Button>
          <Button look="primary" onPress={onKept}>{said.codesKept}</Button>
        </div>
      </div>
    </section>
  )
}
