import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { ask, query } from '../api/client.ts'
import type { LogPage } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Button, Empty, Head, Id, Notice, StateChip, Time, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { DetailFacts } from './DetailFacts.tsx'
import { useActionName } from './Entries.tsx'
import { everything, inSession, lifeKind, meanwhile, others, places, type Step, steps } from './life.ts'
import { downloadProof, type LogFilter } from './queries.ts'
import { kinds, texts } from './texts.ts'
import { VerifiedMark } from './VerifiedMark.tsx'
import { Zone } from './Zone.tsx'

const found = (by: LogFilter, pages?: number) => ({ queryKey: ['life', by], queryFn: () => everything((cursor) => ask<LogPage>(`/api/audit${query({ ...by, limit: 1000, cursor })}`), pages), staleTime: 10_000, refetchOnWindowFocus: false })
/** Of a project or a person the newest two thousand entries: whoever needs all of them asks the log. */
const longLife = 2

/** Everything that the log knows of one output, session or workspace, of a project or a person, as a line with times. */
export default function LifePage({ of }: { of: string }) {
  const said = usePhrases(texts)
  const own = useQuery(found({ object: of }))
  const project = useQuery(found({ project: of }, longLife))
  const neither = own.data?.items.length === 0 && project.data?.items.length === 0
  const acts = useQuery({ ...found({ actor: of }, longLife), enabled: neither })
  const person = meanwhile(own.data?.items ?? [])
  const more = useQueries({ queries: [...others(own.data?.items ?? [], of).map((object) => found({ object })), ...(person ? [found(person)] : [])] })
  const all = steps([own, project, acts, ...more].flatMap(({ data }) => (person ? inSession(data?.items ?? [], of) : (data?.items ?? []))))
  const answered = neither ? acts : own.data ? project : own
  const kind = usePhrases(kinds)[lifeKind({ own: own.data?.items ?? [], project: project.data?.items ?? [], acts: acts.data?.items ?? [] })]
  const short = of.length > 16 ? `${of.slice(0, 12)}…` : of
  const title = said.lifeTitle(answered.data && all.length ? `${kind} ${short}` : short)
  useTitle(title)
  return (
    <div className="page">
      <Head title={title} crumbs={<Link href="/log">{said.title}</Link>} lede={<Id of={of} short={40} />} />
      {own.data?.verified && <VerifiedMark verified={own.data.verified} />}
      <p className="small soft">{person && <>{said.meanwhile(person.actor)} · </>}<Zone /></p>
      {[own, project, acts, ...more].some(({ data }) => data?.next) && <Notice tone="amber" icon="warn">{said.longLife}</Notice>}
      <section className="card">
        <Loaded from={answered}>{() => (all.length ? <><Line all={all} /><ol className="life-steps">{all.map((step, index) => <One key={step.first} step={step} before={all[index - 1]} of={of} />)}</ol></> : <Empty icon="log" title={said.none}>{said.noLife}</Empty>)}</Loaded>
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
  const proof = useMutation({ mutationFn: (entry: number) => downloadProof(entry) })
  const taken = (entry: number, words: string) => <Button small look="quiet" icon="shield" isPending={proof.isPending && proof.variables === entry} onPress={() => proof.mutate(entry)} aria-label={said.proofOf(format.number(entry))}>{words}</Button>
  const waited = before ? Date.parse(step.at) - Date.parse(before.at) : 0
  const took = step.until ? Date.parse(step.until) - Date.parse(step.at) : 0
  return (
    <li>
      {waited >= 1000 && <p className="later small dim">{said.later(format.took(waited))}</p>}
      <div className="step">
        <strong title={step.action}>{step.result ? name(step.action) : said.aboutTo(name(step.action))}</strong>
        <StateChip state={step.result ?? 'intent'} />
        <span className="under">
          <span>{step.actor}</span><Time at={step.at} style="exact" />{took >= 100 && <span>{said.took(format.took(took))}</span>}
          {step.object && step.object !== of && <code>{step.object}</code>}
        </span>
        <span className="proofs">
          {taken(step.last, said.proof)}
          {/* what was asked for stands in the intent alone */}
          {step.first !== step.last && taken(step.first, said.proofOfIntent)}
        </span>
        {Object.keys(step.detail).length > 0 && <dl className="small"><DetailFacts detail={step.detail} of={of} /></dl>}
        {proof.error && <Notice tone="red" icon="warn" role="alert">{proof.error.message}</Notice>}
      </div>
    </li>
  )
}
