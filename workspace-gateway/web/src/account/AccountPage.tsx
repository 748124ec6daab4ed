import { useState } from 'react'
import { useMe } from '../api/session.ts'
import type { TrainingUntil } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Head, LinkButton, Notice, Time, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { Application } from './Application.tsx'
import { Passkeys } from './Passkeys.tsx'
import { Password } from './Password.tsx'
import { useAccount } from './queries.ts'
import { FreshCodes, Recovery } from './Recovery.tsx'
import { texts } from './texts.ts'
import './account.css'

export default function AccountPage() {
  const said = usePhrases(texts)
  const me = useMe()
  const account = useAccount()
  const [codes, keep] = useState<string[]>()
  const enrolling = me.assurance === 'enrolling'
  const [began] = useState(enrolling)
  useTitle(said.title)
  const show = ({ recoveryCodes }: { recoveryCodes?: string[] }) => recoveryCodes && keep(recoveryCodes)
  return (
    <div className="page narrow">
      <Head title={said.title} lede={account.data && ways(account.data) === 1 ? said.ledeOne : said.lede}>
        {began && !enrolling && codes === undefined && <LinkButton to="/" look="primary">{said.onward}</LinkButton>}
      </Head>
      {enrolling && <Notice tone="amber" icon="shield" title={said.enrolTitle} role="status">{said.enrol}</Notice>}
      {codes && <FreshCodes codes={codes} onKept={() => keep(undefined)} />}
      <Loaded from={account}>
        {(own) => (
          <>
            {own.provider ? <Notice icon="globe" title={said.providerTitle(own.provider)}>{said.providerWhat}</Notice> : (
              <>
                <Passkeys passkeys={own.passkeys} onAdded={show} />
                <Application since={own.totp?.since} onAdded={show} />
                {!enrolling && <Recovery left={own.recoveryCodes} possible={ways(own) > 0} onRenewed={show} />}
                {!enrolling && <Password />}
              </>
            )}
            {!enrolling && !!own.trainings?.length && <Trainings trainings={own.trainings} />}
          </>
        )}
      </Loaded>
    </div>
  )
}

function Trainings({ trainings }: { trainings: TrainingUntil[] }) {
  const said = usePhrases(texts)
  return (
    <section className="card">
      <header><h2>{said.trainings}</h2></header>
      <dl className="body facts">
        {trainings.map(({ training, until }) => (
          <div key={training} style={{ display: 'contents' }}>
            <dt>{said[training]}</dt>
            <dd>{said.until} <Time at={until} style="date" /></dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function ways({ totp, passkeys }: { totp?: unknown; passkeys: unknown[] }): number {
  return (totp ? 1 : 0) + passkeys.length
}
