import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { has, useMe } from '../api/session.ts'
import { useKeys } from '../app/keys.tsx'
import { usePhrases } from '../i18n/language.tsx'
import { Empty, Head, Notice, useNow, useTitle } from '../kit/kit.tsx'
import { Bones, Loaded } from '../kit/Loaded.tsx'
import { isOver, useOwnProjects } from '../projects/queries.ts'
import { Bring } from './Bring.tsx'
import { byTurn } from './kinds.ts'
import { InputLines } from './lines.tsx'
import { useInputs } from './queries.ts'
import { texts } from './texts.ts'
import '../outputs/outputs.css'

export default function Inputs() {
  const me = useMe()
  return has(me, 'steward') ? <Queue /> : <Mine />
}

/** For members: bring something in, and see where the earlier ones stand. */
function Mine() {
  const said = usePhrases(texts)
  const project = new URLSearchParams(useSearch()).get('project') ?? undefined
  const now = useNow()
  const projects = useOwnProjects()
  const inputs = useInputs({ project })
  const [latest, begun] = useState<string>()
  const open = projects.data?.items.filter((one) => !isOver(one.permit ?? one, now)) ?? []
  useTitle(said.title)
  return (
    <div className="page">
      <Head title={said.title} lede={said.lede} />
      <div className="bring-columns">
        {projects.isPending ? <Bones /> : open.length ? <Bring projects={open} preferred={project} onBegun={begun} /> : <Notice icon="lock">{said.noProject}</Notice>}
        <section className="card">
          <header><h2>{said.mine}</h2></header>
          <Loaded from={inputs} bones={4}>
            {({ items }) => (items.length ? <InputLines inputs={items} chosen={latest} /> : <Empty icon="upload" title={said.none}>{said.noneHint}</Empty>)}
          </Loaded>
        </section>
      </div>
    </div>
  )
}

/** For data stewards: what waits, the oldest first. */
function Queue() {
  const said = usePhrases(texts)
  const inputs = useInputs({})
  const [, go] = useLocation()
  const { waiting, others } = byTurn(inputs.data?.items ?? [])
  const list = [...waiting, ...others]
  const [at, move] = useState(0)
  const chosen = list[Math.min(at, list.length - 1)]
  const step = (by: number) => move(Math.max(0, Math.min(list.length - 1, at + by)))
  useKeys({ j: () => step(1), k: () => step(-1), Enter: chosen && (() => go(`/inputs/${chosen.id}`)) })
  useTitle(said.title)
  return (
    <div className="page">
      <Head title={said.title} lede={inputs.data && said.waitsForMe(waiting.length)} />
      <Loaded from={inputs}>
        {() => (
          <>
            <section className="card">
              <header><h2>{said.queue} <span className="dim small">{waiting.length}</span></h2></header>
              {waiting.length ? <InputLines inputs={waiting} chosen={chosen?.id} /> : <Empty icon="check" title={said.noneSteward}>{said.noneStewardHint}</Empty>}
            </section>
            {others.length > 0 && (
              <section className="card">
                <header><h2>{said.others} <span className="dim small">{others.length}</span></h2></header>
                <InputLines inputs={others} chosen={chosen?.id} />
              </section>
            )}
          </>
        )}
      </Loaded>
    </div>
  )
}
