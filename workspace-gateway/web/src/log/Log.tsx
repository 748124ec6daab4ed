import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import type { Entry } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Button, Empty, Head, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { EntryList } from './EntryList.tsx'
import { EntryPanel } from './EntryPanel.tsx'
import { Filters } from './Filters.tsx'
import { Nothing } from './Nothing.tsx'
import { entryOf, type LogFilter, turned, useLog } from './queries.ts'
import { texts } from './texts.ts'
import { VerifiedMark } from './VerifiedMark.tsx'

const names = ['actor', 'project', 'action', 'object', 'from', 'to', 'looks'] as const

export default function Log() {
  const said = usePhrases(texts)
  const format = useFormat()
  const search = useSearch()
  const [, go] = useLocation()
  const queries = useQueryClient()
  const filter = useMemo(() => {
    const asked = new URLSearchParams(search)
    return Object.fromEntries(names.flatMap((name) => (asked.get(name) ? [[name, asked.get(name)]] : []))) as LogFilter
  }, [search])
  const named = entryOf(search)
  const backwards = turned(filter)
  const log = useLog(filter, !backwards, named)
  const [picked, choose] = useState<Entry | null>()
  const first = log.data?.pages[0]?.items[0]
  const chosen = picked === undefined && first?.index === named ? (first ?? null) : (picked ?? null)
  useTitle(said.title)
  const narrow = (next: LogFilter) => {
    choose(undefined)
    const text = new URLSearchParams(Object.entries(next).filter(([, value]) => value) as [string, string][]).toString()
    go(`/log${text ? `?${text}` : ''}`)
  }
  const show = (entry: number) => {
    choose(undefined)
    go(`/log?entry=${entry}`)
  }
  const verified = log.data?.pages[0]?.verified
  return (
    <div className="page wide">
      <Head title={said.title}>
        <Button icon="turn" aria-label={said.again} onPress={() => void queries.resetQueries({ queryKey: ['log', filter] })} />
      </Head>
      {verified && <VerifiedMark verified={verified} />}
      <Filters key={search} filter={filter} onChange={narrow} />
      {named !== undefined && <p className="small soft">{said.fromEntry(format.number(named))} <Link href="/log">{said.newest}</Link></p>}
      <div className={`log-columns ${chosen ? 'with-entry' : ''}`}>
        <section className="card">
          {backwards ? <Empty icon="clock" title={said.turnedTitle}>{said.turnedHint}</Empty> : <Loaded from={log} bones={10}>
            {({ pages }) => {
              const entries = pages.flatMap(({ items }) => items)
              return entries.length === 0 ? <Nothing filter={filter} /> : (
                <EntryList entries={entries} chosen={chosen} onChoose={choose} more={log.hasNextPage ? () => { if (!log.isFetchingNextPage) void log.fetchNextPage() } : null} />
              )
            }}
          </Loaded>}
        </section>
        {chosen && <EntryPanel entry={chosen} onClose={() => choose(null)} onNarrow={(by) => narrow({ ...filter, ...by })} onEntry={show} />}
      </div>
    </div>
  )
}
