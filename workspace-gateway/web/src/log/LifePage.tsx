import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { ask, download, query } from '../api/client.ts'
import type { LogPage } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Button, Empty, Head, Id, Notice, StateChip, Time, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { useActionName } from './Entries.tsx'
import { everything, meanwhile, others, places, type Step, steps } from './life.ts'
import type { LogFilter } from './queries.ts'
import { texts } from './texts.ts'
import { VerifiedMark } from './VerifiedMark.tsx'

const found = (by: LogFilter) => ({ queryKey: ['life', by], queryFn: () => everything((cursor) => ask<LogPage>(`/api/audit${query({ ...by, limit: 1000, cursor })}`)), staleTime: 10_000, refetchOnWindowFocus: false })

/** Everything that the log knows of one output, session or workspace, as a line with times. */
export default function LifePage({ of }: { of: string }) {
  const said = usePhrases(texts)
  const own = useQuery(found({ object: of }))
  const person = meanwhile(own.data?.items ?? [])
  const more = useQueries({ queries: [...others(own.data?.items ?? [], of).map((object) => found({ object })), ...(person ? [found(person)] : [])] })
  const all = steps([...(own.data?.items ?? []), ...more.flatMap(({ data }) => data?.items ?? [])])
  useTitle(said.lifeTitle(of))
  return (
    <div className="page">
      <Head title={said.lifeOf} crumbs={<Link href="/log">{said.title}</Link>} lede={<Id of={of} short={40} />} />
      {own.data?.verified && <VerifiedMark verified={own.data.verified} />}
      {person && <p className="small soft">{said.meanwhile(person.actor)}</p>}
      {[own, ...more].some(({ data }) => data?.next) && <Notice tone="amber" icon="warn">{said.longLife}</Notice>}
      <section className="card">
        <Loaded from={own}>{() => (all.length ? <><Line all={all} /><ol className="life-steps">{all.map((step, index) => <One key={step.first} step={step} before={all[index - 1]} of={of} />)}</ol></> : <Empty icon="log" title={said.none}>{said.noLife}</Empty>)}</Loaded>
      </section>
    </div>
  )
}

function Line({ all }: { all: Step[] }) {
  const said = usePhrases(texts)
  const at = places(all)
  return (
    <figure className="life-line">
      <div aria-hidden="true">{all.map((step, index) => <i key={step.first} className={step.result === 'done' ? '' : step.result ? 'bad' : 'unanswered'} style={{ insetInlineStart: `${at[index]! * 100}%` }} />)}</div>
      <figcaption><span><Time at={all[0]!.at} style="exact" /></span><span>{said.steps(all.length)}</span><span><Time at={all.at(-1)!.until ?? all.at(-1)!.at} style="exact" /></span></figcaption>
    </figure>
  )
}

function One({ step, before, of }: { step: Step; before: Step | undefined; of: string }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const name = useActionName()
  const proof = useMutation({ mutationFn: () => download(`/api/audit/proof/${step.last}`, `proof-${step.last}.json`) })
  const waited = before ? Date.parse(step.at) - Date.parse(before.at) : 0
  const took = step.until ? Date.parse(step.until) - Date.parse(step.at) : 0
  return (
    <li>
      {waited >= 1000 && <p className="later small dim">{said.later(format.took(waited))}</p>}
      <div className="step">
        <strong title={step.action}>{name(step.action)}</strong>
        <StateChip state={step.result ?? 'intent'} />
        <span className="under">
          <span>{step.actor}</span><Time at={step.at} style="exact" />{took >= 100 && <span>{said.took(format.took(took))}</span>}
          {step.object && step.object !== of && <code>{step.object}</code>}
        </span>
        <Button small look="quiet" icon="shield" isPending={proof.isPending} onPress={() => proof.mutate()} aria-label={said.proofOf(format.number(step.last))}>{said.proof}</Button>
        {Object.keys(step.detail).length > 0 && <dl className="small">{Object.entries(step.detail).map(([key, value]) => <div key={key}><dt>{key}</dt><dd className="mono">{value}</dd></div>)}</dl>}
        {proof.error && <Notice tone="red" icon="warn" role="alert">{proof.error.message}</Notice>}
      </div>
    </li>
  )
}
