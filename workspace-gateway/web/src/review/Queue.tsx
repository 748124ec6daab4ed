import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useMe } from '../api/session.ts'
import type { Output } from '../api/types.ts'
import { useKeys } from '../app/keys.tsx'
import { usePhrases } from '../i18n/language.tsx'
import { Empty, Head, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { OutputLines } from '../outputs/lines.tsx'
import { useOutputs } from '../outputs/queries.ts'
import '../outputs/outputs.css'
import { texts } from './texts.ts'
import { waitsForMe } from './turn.ts'

export default function Queue() {
  const said = usePhrases(texts)
  const { user } = useMe()
  const outputs = useOutputs({})
  const [, go] = useLocation()
  const all = outputs.data?.items ?? []
  const mine = all.filter((output) => waitsForMe(output, user)).sort(oldestFirst)
  const voted = all.filter((output) => (output.state === 'held' || output.state === 'checking') && !waitsForMe(output, user))
  const decided = all.filter(({ state }) => state !== 'held' && state !== 'checking')
  const list = [...mine, ...voted, ...decided]
  const [at, move] = useState(0)
  const chosen = list[Math.min(at, list.length - 1)]
  useTitle(said.title)
  const step = (by: number) => move(Math.max(0, Math.min(list.length - 1, at + by)))
  useKeys({ j: () => step(1), k: () => step(-1), Enter: chosen && (() => go(`/review/${chosen.id}`)) })
  useEffect(() => {
    document.querySelector('.line.chosen')?.scrollIntoView({ block: 'nearest' })
  }, [at])

  return (
    <div className="page">
      <Head title={said.title} lede={outputs.data && said.waiting(mine.length)}>
        <span className="small dim row"><kbd>j</kbd><kbd>k</kbd> {said.hint} <kbd>⏎</kbd> {said.openHint}</span>
      </Head>
      <Loaded from={outputs}>
        {() => (
          <>
            <section className="card">
              <header><h2>{said.mine} <span className="dim small">{mine.length}</span></h2></header>
              {mine.length ? <OutputLines outputs={mine} base="/review" chosen={chosen?.id} /> : <Empty icon="scale" title={said.empty}>{said.emptyHint}</Empty>}
            </section>
            <Group title={said.others} outputs={voted} chosen={chosen?.id} />
            <Group title={said.decided} outputs={decided} chosen={chosen?.id} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function Group({ title, outputs, chosen }: { title: string; outputs: Output[]; chosen?: string }) {
  if (outputs.length === 0) return null
  return (
    <section className="card">
      <header><h2>{title} <span className="dim small">{outputs.length}</span></h2></header>
      <OutputLines outputs={outputs} base="/review" chosen={chosen} />
    </section>
  )
}

const since = (output: Output) => output.held ?? output.submitted ?? output.created ?? ''
const oldestFirst = (a: Output, b: Output) => since(a).localeCompare(since(b))
