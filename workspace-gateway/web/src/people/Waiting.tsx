import { Fragment, useState } from 'react'
import { Link } from 'wouter'
import { Problem } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import type { Change, Invitation, Named, Role } from '../api/types.ts'
import { roles as roleTexts } from '../app/texts.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Chip, Empty, Notice, Time, useName } from '../kit/kit.tsx'
import { FreshInvitation } from './FreshInvitation.tsx'
import { useChanges, useDecide } from './queries.ts'
import { texts } from './texts.ts'

const idOf = (person: Named) => (typeof person === 'object' && person ? person.id : undefined)

/** The name that nobody else has: two people may be called the same. */
const SignInName = ({ of }: { of: Named }) => (typeof of === 'object' && of?.name ? <code className="dim">{of.name}</code> : null)

/** What one person has proposed, for another one to decide. */
export function Waiting({ always, all = true }: { always?: boolean; all?: boolean }) {
  const said = usePhrases(texts)
  const changes = useChanges()
  const decide = useDecide()
  const nameOf = useName()
  const [handed, hand] = useState<{ name: string; invitation: Invitation }>()
  const open = changes.data?.items ?? []
  if (!always && open.length === 0 && !handed) return null
  const done = (change: Change) => change.invitation && hand({ name: nameOf(change.account), invitation: change.invitation })
  return (
    <section className="card" data-changes={open.length}>
      <header>
        <h2>{said.waiting}</h2>
        {all && <Link href="/people" className="small" aria-label={`${said.all}: ${said.waiting}`}>{said.all}</Link>}
      </header>
      {handed && <div className="body"><FreshInvitation {...handed} onDone={() => hand(undefined)} /></div>}
      {decide.error && (
        <div className="body">
          <Notice tone="red" icon="warn" role="alert" title={decide.error.message}>{decide.error instanceof Problem && decide.error.detail}</Notice>
        </div>
      )}
      {open.length ? (
        <ul className="rows two">{open.map((change) => <Line key={change.id} change={change} onDecide={(decision) => decide.mutate({ id: change.id, decision }, { onSuccess: done })} />)}</ul>
      ) : (
        <Empty icon="people" title={said.noWaiting}>{said.noWaitingHint}</Empty>
      )}
    </section>
  )
}

function Line({ change, onDecide }: { change: Change; onDecide(decision: 'confirm' | 'refuse'): void }) {
  const said = usePhrases(texts)
  const nameOf = useName()
  const me = useMe().user.id
  const name = nameOf(change.account)
  const own = idOf(change.by) === me || idOf(change.account) === me
  const title = { roles: said.rolesOf, reset: said.resetOf, reinstate: said.reinstateOf }[change.kind](name)
  return (
    <li>
      <div className="line" data-change={change.kind}>
        <span className="title">{title} <SignInName of={change.account} /></span>
        <span className="row">
          {!own && (
            <>
              <Button small onPress={() => onDecide('refuse')}>{said.refuse}</Button>
              <Confirm title={said.confirmTitle} act={said.confirm} onAct={() => onDecide('confirm')} trigger={<Button small look="primary" icon="check">{said.confirm}</Button>}>
                <p><strong>{title}</strong> <SignInName of={change.account} /></p>
                {change.kind === 'roles' && <p><Difference change={change} /></p>}
                {change.kind === 'roles' && change.awaited && <p>{said.awaitedWhat}</p>}
                <p>{said.confirmWhat}</p>
              </Confirm>
            </>
          )}
        </span>
        <span className="under">
          <Difference change={change} />
          {change.awaited && <Chip tone="amber" icon="warn">{said.awaited}</Chip>}
          <span>{said.proposedBy} {nameOf(change.by)} <SignInName of={change.by} /> <Time at={change.proposed} style="ago" /></span>
          {own && <span>{said.ownChange}</span>}
        </span>
      </div>
    </li>
  )
}

function Difference({ change }: { change: Change }) {
  const said = usePhrases(texts)
  if (change.kind !== 'roles') return null
  return (
    <>
      {change.held && <span>{said.held}: <Roles of={change.held} /></span>}{' '}
      <span>{said.becomes}: <Roles of={change.roles ?? []} /></span>
    </>
  )
}

function Roles({ of }: { of: Role[] }) {
  const said = usePhrases(texts)
  const names = usePhrases(roleTexts)
  return of.length ? of.map((role) => <Fragment key={role}><Chip>{names[role]}</Chip>{' '}</Fragment>) : said.noRole
}
