import { useRef, useState } from 'react'
import { Link } from 'wouter'
import { useMe } from '../api/session.ts'
import type { Alert } from '../api/types.ts'
import { useKeys } from '../app/keys.tsx'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Empty, Head, Notice, Time, useName, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { entriesOf, Facts, SeverityChip, urgent } from './lines.tsx'
import { useAcknowledge, useAlerts, useReverse } from './queries.ts'
import { texts } from './texts.ts'
import { WeekReport } from './WeekReport.tsx'
import './alerts.css'

export default function Alerts() {
  const said = usePhrases(texts)
  const open = useAlerts('open')
  const past = useAlerts('acknowledged')
  const list = useRef<HTMLUListElement>(null)
  useTitle(said.title)
  useKeys({ j: () => step(list.current, 1), k: () => step(list.current, -1) })
  const waiting = open.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="page">
      <Head title={said.title} lede={open.data && (waiting.length ? said.waiting(waiting.length, waiting.filter(({ severity }) => severity === 'critical').length) : said.none)}>
        <WeekReport />
      </Head>
      <Loaded from={open}>
        {() => waiting.length ? (
          <ul className="alerts" ref={list} aria-label={said.open}>{urgent(waiting).map((alert) => <Card key={alert.id} alert={alert} />)}</ul>
        ) : (
          <section className="card"><Empty icon="shield" title={said.none}>{said.noneHint}</Empty></section>
        )}
      </Loaded>
      <section className="card">
        <header><h2>{said.past}</h2></header>
        <Loaded from={past} bones={3}>
          {({ pages }) => {
            const all = pages.flatMap(({ items }) => items)
            return all.length ? <ul className="rows two">{all.map((alert) => <Past key={alert.id} alert={alert} />)}</ul> : <Empty icon="check" title={said.noPast} />
          }}
        </Loaded>
      </section>
      {past.hasNextPage && <Button isPending={past.isFetchingNextPage} onPress={() => void past.fetchNextPage()}>{said.more}</Button>}
    </div>
  )
}

function step(list: HTMLUListElement | null, by: number) {
  const cards = [...(list?.children ?? [])] as HTMLElement[]
  const at = cards.findIndex((card) => card.contains(document.activeElement))
  cards[Math.max(0, Math.min(cards.length - 1, at + by))]?.focus()
}

function Card({ alert }: { alert: Alert }) {
  const said = usePhrases(texts)
  const text = useText()
  const [answering, answer] = useState(false)
  const title = text(alert.title)
  return (
    <li className="card alert" data-severity={alert.severity} data-rule={alert.rule} tabIndex={-1} aria-label={title}>
      <div className="body stack">
        <div className="row between"><h2>{title}</h2><SeverityChip of={alert.severity} /></div>
        <p>{text(alert.happened)}</p>
        <div className="todo"><strong>{said.todo}</strong><p>{text(alert.todo)}</p></div>
        {alert.measure && <Taken alert={alert} />}
        <Facts alert={alert} />
        {answering ? <Answer alert={alert} onClose={() => answer(false)} /> : (
          <div className="row">
            <Button look="primary" icon="check" aria-label={said.acknowledgeOf(title)} onPress={() => answer(true)}>{said.acknowledge}</Button>
            <Link className="button" href={entriesOf(alert)} aria-label={said.entriesOf(title)}>{said.entries}</Link>
          </div>
        )}
      </div>
    </li>
  )
}

function Answer({ alert, onClose }: { alert: Alert; onClose(): void }) {
  const said = usePhrases(texts)
  const me = useName()(useMe().user)
  const acknowledge = useAcknowledge(alert.id)
  const [note, write] = useState('')
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); if (note.trim()) acknowledge.mutate(note.trim()) }}>
      <label className="field">
        <span className="label">{said.note}</span>
        <textarea autoFocus value={note} onChange={(event) => write(event.target.value)} onKeyDown={(event) => { if (event.key === 'Escape') onClose() }} maxLength={2000} required />
        <span className="hint">{said.noteHint}</span>
      </label>
      {acknowledge.error && <Notice tone="red" icon="warn" role="alert">{acknowledge.error.message}</Notice>}
      <div className="row">
        <Button type="submit" look="primary" isDisabled={!note.trim()} isPending={acknowledge.isPending}>{said.as(me)}</Button>
        <Button onPress={onClose}>{said.cancel}</Button>
      </div>
    </form>
  )
}

/** What the policy did by itself, and the one act that undoes it. */
function Taken({ alert }: { alert: Alert }) {
  const said = usePhrases(texts)
  const reverse = useReverse(alert.id)
  const { kind, state, since, reversedBy, reversed } = alert.measure!
  const words = { 'lock-workspaces': said.lockWorkspaces, 'suspend-person': said.suspendPerson, 'hold-project': said.holdProject }[kind]
  if (state === 'reversed') return <p className="small soft">{said.reversed(reversedBy ?? '')} <Time at={reversed} /></p>
  if (state === 'nothing') return <p className="small soft">{said.nothingDone}</p>
  if (state === 'failed') return <Notice tone="red" icon="warn" title={said.failed}>{words}</Notice>
  return (
    <Notice tone="violet" icon="lock" title={state === 'wanted' ? said.wanted : said.byPolicy}>
      <p>{words} {since && <Time at={since} />}</p>
      {reverse.error && <p role="alert">{reverse.error.message}</p>}
      {state === 'in-force' && (
        <div>
          <Confirm title={said.reverseTitle} act={said.reverseNow} keep={said.keep} onAct={() => reverse.mutate()} trigger={<Button small icon="back" isPending={reverse.isPending}>{said.reverse}</Button>}>
            <p>{words}</p>
            <p>{said.reverseWhat}</p>
          </Confirm>
        </div>
      )}
    </Notice>
  )
}

function Past({ alert }: { alert: Alert }) {
  const said = usePhrases(texts)
  const text = useText()
  const { by, at, note } = alert.acknowledged!
  return (
    <li>
      <div className="line">
        <span className="title">{text(alert.title)}</span>
        <SeverityChip of={alert.severity} past />
        <span className="note">{note}</span>
        <span className="under num">{said.by(by)} <Time at={at} /></span>
        <Facts alert={alert} />
        {alert.measure && <div className="whole"><Taken alert={alert} /></div>}
      </div>
    </li>
  )
}
