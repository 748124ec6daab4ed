import { Link } from 'wouter'
import type { LiveSession } from '../api/types.ts'
import { useMe } from '../api/session.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Chip, Empty, Head, Notice, StateChip, Time, useName, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { chip } from '../workspaces/states.ts'
import { useEndSession, useLiveSessions } from './queries.ts'
import { kinds, texts } from './texts.ts'

export default function Sessions() {
  const said = usePhrases(texts)
  const sessions = useLiveSessions()
  const end = useEndSession()
  useTitle(said.sessionsTitle)
  return (
    <div className="page">
      <Head title={said.sessionsTitle} lede={sessions.data && said.sessionsLede(sessions.data.items.length)} />
      {end.error && <Notice tone="red" icon="warn" role="alert">{end.error.message}</Notice>}
      <Loaded from={sessions}>
        {({ items }) => (
          <>
            <Group title={said.desktops} none={said.noDesktops} sessions={items.filter(({ kind }) => kind === 'workspace')} onEnd={(id) => end.mutate(id)} />
            <Group title={said.signIns} none={said.noSessions} sessions={items.filter(({ kind }) => kind !== 'workspace')} onEnd={(id) => end.mutate(id)} />
          </>
        )}
      </Loaded>
    </div>
  )
}

type Ended = (id: string) => void

function Group({ title, none, sessions, onEnd }: { title: string; none: string; sessions: LiveSession[]; onEnd: Ended }) {
  return (
    <section className="card">
      <header><h2>{title} <span className="dim small">{sessions.length}</span></h2></header>
      {sessions.length ? <ul className="rows two">{sessions.map((session) => <Line key={session.id} session={session} onEnd={() => onEnd(session.id)} />)}</ul> : <Empty icon="people" title={none} />}
    </section>
  )
}

function Line({ session, onEnd }: { session: LiveSession; onEnd(): void }) {
  const said = usePhrases(texts)
  const kind = usePhrases(kinds)
  const me = useMe().user
  const nameOf = useName()
  const person = session.person ?? session.user
  const name = nameOf(person)
  const account = typeof person === 'object' ? person?.name : undefined
  // Two people may bear one name; the log knows them by their accounts.
  const whole = account && account !== name ? `${name} (${account})` : name
  const desktop = session.kind === 'workspace'
  const life = said.lifeOf(kind[desktop ? 'workspace' : 'session'])
  const state = session.state === 'starting' || session.state === 'running' || session.state === 'locked' ? chip(session.state) : undefined
  return (
    <li>
      <div className="line" data-kind={session.kind ?? 'web'}>
        <span className="title">{name} {account && account !== name && <code className="dim">{account}</code>} {session.current && <Chip>{said.yours}</Chip>} {desktop && state && <StateChip state={state} />}</span>
        <Confirm title={desktop ? said.endDesktopTitle(whole) : said.endTitle(whole)} act={said.endNow} keep={said.keep} onAct={onEnd} trigger={<Button small look="danger" icon="stop" aria-label={`${said.endNow}: ${whole}`}>{said.endNow}</Button>}>
          <p>{desktop ? said.endDesktopWhat : said.endWhat}</p>
          <p>{said.endAs(nameOf(me))}</p>
        </Confirm>
        <span className="under">
          {session.project && <code>{session.project}</code>}
          <span>{said.since} <Time at={session.started ?? session.since ?? session.opened} /></span>
          {(session.seen ?? session.lastSeen) && <span>{said.seen} <Time at={session.seen ?? session.lastSeen} style="ago" /></span>}
          <Link href={`/log/of/${encodeURIComponent(session.id)}`} aria-label={`${life}: ${whole}`}>{life}</Link>
          {session.address && <code>{session.address}</code>}
        </span>
      </div>
    </li>
  )
}
