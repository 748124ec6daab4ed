import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, query } from '../api/client.ts'
import type { Page, Usage } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Button, Empty, Head, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { since } from './period.ts'
import { texts } from './texts.ts'
import './usage.css'

const periods = { week: 7, month: 30, all: 0 } as const
const kinds = ['queries', 'outputs', 'releases', 'downloads', 'desktop'] as const
type Kind = (typeof kinds)[number]
const amount = (usage: Usage, kind: Kind) => (kind === 'desktop' ? usage.desktopSeconds / 3600 : usage[kind])

/** How much each person did in each project; a bar shows each figure against the largest of its column. */
export default function UsagePage() {
  const said = usePhrases(texts)
  const format = useFormat()
  const [period, choose] = useState<keyof typeof periods>('month')
  const usage = useQuery({ queryKey: ['usage', period], queryFn: () => ask<Page<Usage>>(`/api/usage${query({ from: since(periods[period]) })}`), refetchOnWindowFocus: false })
  useTitle(said.title)
  const items = usage.data?.items ?? []
  const sum = (kind: Kind) => items.reduce((total, one) => total + amount(one, kind), 0)
  const people = new Set(items.map(({ person }) => person)).size
  return (
    <div className="page">
      <Head title={said.title} lede={items.length > 0 && said.lede(people, sum('queries'), sum('releases'), format.number)}>
        <div className="row" role="group" aria-label={said.period}>
          {(Object.keys(periods) as (keyof typeof periods)[]).map((name) => <Button key={name} small look={name === period ? 'primary' : undefined} aria-pressed={name === period} onPress={() => choose(name)}>{said[name]}</Button>)}
        </div>
      </Head>
      <section className="card">
        <Loaded from={usage}>
          {() => items.length ? (
            <div className="usage-scroll" role="region" aria-label={said.title} tabIndex={0}>
              <table className="usage">
                <thead><tr><th scope="col">{said.project}</th><th scope="col">{said.person}</th>{kinds.map((kind) => <th key={kind} scope="col" className="number">{said[kind]}</th>)}</tr></thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={`${one.project} ${one.person}`}>
                      <td><code>{one.project ?? '–'}</code></td><th scope="row">{one.person}</th>
                      {kinds.map((kind) => <Figure key={kind} value={amount(one, kind)} most={Math.max(...items.map((other) => amount(other, kind)))} />)}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : <Empty icon="chart" title={said.none}>{said.noneHint}</Empty>}
        </Loaded>
      </section>
      <p className="small dim">{said.counted}</p>
    </div>
  )
}

function Figure({ value, most }: { value: number; most: number }) {
  const format = useFormat()
  return (
    <td className="number">
      <span>{format.number(Math.round(value * 10) / 10)}</span>
      <i className="bar-of" aria-hidden="true"><i style={{ width: `${most > 0 ? (value / most) * 100 : 0}%` }} /></i>
    </td>
  )
}
