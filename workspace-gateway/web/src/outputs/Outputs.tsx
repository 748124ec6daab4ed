import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useKeys } from '../app/keys.tsx'
import type { OutputState } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Empty, Head, LinkButton, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { words } from '../kit/states.ts'
import { OutputLines } from './lines.tsx'
import { useOutputs } from './queries.ts'
import { texts } from './texts.ts'
import './outputs.css'

const states: OutputState[] = ['checking', 'held', 'released', 'returned', 'refused', 'withdrawn']

export default function Outputs() {
  const said = usePhrases(texts)
  const state = usePhrases(words)
  const asked = new URLSearchParams(useSearch())
  const project = asked.get('project') ?? undefined
  const wanted = (asked.get('state') ?? '') as OutputState | ''
  const outputs = useOutputs({ project })
  const [, go] = useLocation()
  const all = outputs.data?.items ?? []
  const shown = wanted ? all.filter((output) => output.state === wanted) : all
  const [at, move] = useState(-1)
  useTitle(said.title)
  const step = (by: number) => move(Math.max(0, Math.min(shown.length - 1, at + by)))
  useKeys({ j: () => step(1), k: () => step(-1), Enter: shown[at] ? () => go(`/outputs/${shown[at]!.id}`) : undefined })

  const to = (next: string) => {
    const search = new URLSearchParams({ ...(project && { project }), ...(next && { state: next }) }).toString()
    go(`/outputs${search ? `?${search}` : ''}`, { replace: true })
  }
  return (
    <div className="page">
      <Head title={said.title} lede={said.lede}>
        <LinkButton to={project ? `/projects/${project}/sql` : '/sql'} look="primary" icon="sql">{said.write}</LinkButton>
      </Head>
      <section className="card">
        <Loaded from={outputs}>
          {() =>
            all.length === 0 ? (
              <Empty icon="box" title={said.none} act={<LinkButton to="/sql" look="primary">{said.write}</LinkButton>}>{said.noneHint}</Empty>
            ) : (
              <>
                <div className="filters" role="group" aria-label={said.filter}>
                  {(['', ...states] as const).map((name) => {
                    const count = name ? all.filter((output) => output.state === name).length : all.length
                    return count === 0 && name !== wanted ? null : (
                      <button key={name} type="button" aria-pressed={wanted === name} onClick={() => to(name)}>
                        {name ? state[name] : said.all} <span>{count}</span>
                      </button>
                    )
                  })}
                </div>
                {shown.length ? <OutputLines outputs={shown} base="/outputs" chosen={shown[at]?.id} /> : <Empty icon="box" title={said.noneOf} />}
              </>
            )
          }
        </Loaded>
      </section>
    </div>
  )
}
