import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Button, Empty, Head, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { EntryList } from './EntryList.tsx'
import { EntryPanel } from './EntryPanel.tsx'
import { Filters } from './Filters.tsx'
import { Nothing } from './Nothing.tsx'
import { address, entryOf, filterOf, type LogFilter, turned, useLog } from './queries.ts'
import { texts } from './texts.ts'
import { VerifiedMark } from './VerifiedMark.tsx'
import { Zone } from './Zone.tsx'

/** Where the list begins that stands beside an opened entry: kept with the place in the browser's history, so that back and forward show it again. */
type Begun = { begun: number | null }

export default function Log() {
  const said = usePhrases(texts)
  const format = useFormat()
  const search = useSearch()
  const [, go] = useLocation()
  const queries = useQueryClient()
  const filter = useMemo(() => filterOf(search), [search])
  const named = entryOf(search)
  const backwards = turned(filter)
  // A row that is opened where it stands leaves the list as it is; an address from elsewhere begins the list with its entry.
  const begun = useHistoryState<Begun | null>()?.begun
  const begin = begun === undefined ? named : (begun ?? undefined)
  const listed = useLog(filter, !backwards, begin)
  const find = ({ data }: typeof listed) => data?.pages.flatMap(({ items }) => items).find(({ index }) => index === named)
  const beyond = named !== undefined && named !== begin && listed.data !== undefined && !find(listed)
  const from = useLog(filter, beyond, beyond ? named : begin)
  const log = beyond ? from : listed
  const start = beyond ? named : begin
  const chosen = find(log)
  const columns = useRef<HTMLDivElement>(null)
  useTitle(said.title)
  const narrow = (next: LogFilter) => {
    const same = address(next) === address(filter)
    if (same) void queries.resetQueries({ queryKey: ['log', filter] })
    go(address(next), { replace: same })
  }
  const open = (entry: number, replace: boolean) => go(address(filter, entry), { replace, state: { begun: start ?? null } satisfies Begun })
  const close = () => {
    const row = columns.current?.querySelector<HTMLElement>(`[data-entry='${named}']`) ?? columns.current?.querySelector<HTMLElement>('.entry-scroll')
    row?.focus({ preventScroll: true })
    go(address(filter), { state: { begun: start ?? null } satisfies Begun })
    requestAnimationFrame(() => row?.scrollIntoView({ block: 'nearest' }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !chosen) return
    event.preventDefault()
    close()
  }
  const verified = log.data?.pages[0]?.verified
  return (
    <div className="page wide">
      <Head title={said.title}>
        <Button icon="turn" aria-label={said.again} onPress={() => void queries.resetQueries({ queryKey: ['log', filter] })} />
      </Head>
      {verified && <VerifiedMark verified={verified} />}
      <Filters key={address(filter)} filter={filter} onChange={narrow} />
      <p className="small soft">{start !== undefined && <>{said.fromEntry(format.number(start))} <Link href="/log">{said.newest}</Link> · </>}<Zone /></p>
      <div className={`log-columns ${chosen ? 'with-entry' : ''}`} ref={columns} onKeyDown={onKeyDown}>
        <section className="card">
          {backwards ? <Empty icon="clock" title={said.turnedTitle}>{said.turnedHint}</Empty> : <Loaded from={log} bones={10}>
            {({ pages }) => {
              const entries = pages.flatMap(({ items }) => items)
              return entries.length === 0 ? <Nothing filter={filter} /> : (
                <EntryList entries={entries} chosen={chosen ?? null} onChoose={({ index }, stepping) => open(index, index === named || (stepping && chosen !== undefined))} more={log.hasNextPage ? () => { if (!log.isFetchingNextPage) void log.fetchNextPage() } : null} />
              )
            }}
          </Loaded>}
        </section>
        {chosen && <EntryPanel key={chosen.index} entry={chosen} onClose={close} onNarrow={(by) => narrow({ ...filter, ...by })} onEntry={(index) => go(`/log?entry=${index}`)} />}
      </div>
    </div>
  )
}
