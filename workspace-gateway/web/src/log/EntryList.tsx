import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useKeys } from '../app/keys.tsx'
import type { Entry } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { EntryCells } from './Entries.tsx'
import { texts } from './texts.ts'

type Props = { entries: Entry[]; chosen: Entry | null; onChoose(entry: Entry, stepping: boolean): void; more: (() => void) | null }

/** Newest first; older pages are fetched as the reader scrolls towards them. */
export function EntryList({ entries, chosen, onChoose, more }: Props) {
  const said = usePhrases(texts)
  const place = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: entries.length + 1, getScrollElement: () => place.current, estimateSize: () => (matchMedia('(max-width: 720px)').matches ? 64 : 36), overscan: 15 })
  useEffect(() => {
    const narrow = matchMedia('(max-width: 720px)')
    const measure = () => virtual.measure()
    narrow.addEventListener('change', measure)
    return () => narrow.removeEventListener('change', measure)
  }, [virtual])
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && last > entries.length - 30) more()
  }, [last, entries.length, more])
  const step = (by: number) => {
    const at = chosen ? entries.indexOf(chosen) : -1
    const next = entries[Math.max(0, Math.min(entries.length - 1, at + by))]
    if (!next) return
    onChoose(next, true)
    virtual.scrollToIndex(entries.indexOf(next))
  }
  useKeys({ j: () => step(1), k: () => step(-1) })
  return (
    <>
      <div className="entry entry-head" aria-hidden="true">
        <span className="when">{said.time}</span><span className="actor">{said.actor}</span><span className="what">{said.action}</span>
        <span className="on">{said.project} / {said.object}</span><span className="how">{said.result}</span><span className="number">{said.entry}</span>
      </div>
      <div className="entry-scroll" ref={place} role="region" aria-label={said.list} tabIndex={0}>
        <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, start, size }) => {
            const entry = entries[index]
            return (
              <li key={index} className="entry-place" style={{ transform: `translateY(${start}px)`, height: size }}>
                {entry ? (
                  <button type="button" className="entry" aria-pressed={entry === chosen} data-entry={entry.index} onClick={() => onChoose(entry, false)}>
                    <EntryCells entry={entry} />
                  </button>
                ) : (
                  <p className="dim small entry-end">{more ? said.more : said.end}</p>
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}
