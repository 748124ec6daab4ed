import type { LiveSession } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Chip, Empty, Head, Notice, Time, useName, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { useEndSession, useLiveSessions } from './queries.ts'
import { texts } from './texts.ts'

export default function Sessions() {
  const said = usePhrases(texts)
  const sessions = useLiveSessions()
  const end = useEndSession()
  useTitle(said.sessionsTitle)
  return (
    <div className="page">
      <Head title={said.sessionsTitle} lede={sessions.data && said.sessionsLede(sessions.data.items.length)} />
      {end.error && <Notice tone="red" icon="warn" role="alert">{end.error.message}</Notice>}
      <section className="card">
        <Loaded from={sessions}>
          {({ items }) => (items.length ? <ul className="rows two">{items.map((session) => <Line key={session.id} session={session} onEnd={() => end.mutate(session.id)} />)}</ul> : <Empty icon="people" title={said.noSessions} />)}
        </Loaded>
      </section>
    </div>
  )
}

function Line({ session, onEnd }: { session: LiveSession; onEnd(): void }) {
  const said = usePhrases(texts)
  const name = useName()(session.user)
  return (
    <li>
      <div className="line">
        <span className="title">{name} {session.current && <Chip>{said.yours}</Chip>}</span>
        <Confirm title={said.endTitle(name)} act={said.endNow} keep={said.keep} onAct={onEnd} trigger={<Button small look="danger" icon="stop" aria-label={`${said.endNow}: ${name}`}>{said.endNow}</Button>}>
          {said.endWhat}
        </Confirm>
        <span className="under">
          <span>{said.since} <Time at={session.started ?? session.since ?? session.opened} /></span>
          {(session.seen ?? session.lastSeen) && <span>{said.seen} <Time at={session.seen ?? session.lastSeen} style="ago" /></span>}
          {session.address && <code>{session.address}</code>}
        </span>
      </div>
    </li>
  )
}
