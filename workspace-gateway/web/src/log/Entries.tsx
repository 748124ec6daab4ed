import type { Entry } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { StateChip, Time } from '../kit/kit.tsx'
import { actions } from './texts.ts'
import './log.css'

export function useActionName(): (action: string) => string {
  const said = usePhrases(actions) as Record<string, string>
  return (action) => said[action] ?? action
}

/** One entry in one line: when, who, what, on what, and how it ended. */
export function EntryCells({ entry }: { entry: Entry }) {
  const name = useActionName()
  const format = useFormat()
  return (
    <>
      <span className="when"><Time at={entry.time} /></span>
      <span className="actor">{entry.actor}</span>
      <span className="what" title={entry.action}>{name(entry.action)}</span>
      <span className="on">{entry.project && <span>{entry.project}</span>}{entry.object && <code title={entry.object}>{entry.object}</code>}</span>
      <span className="how"><StateChip state={String(entry.result ?? (entry.phase.toLowerCase() === 'intent' ? 'intent' : 'done'))} /></span>
      <span className="number">{format.number(entry.index)}</span>
    </>
  )
}

/** A few entries, without choosing or paging. */
export function Entries({ entries }: { entries: Entry[] }) {
  return (
    <ul className="entries">
      {entries.map((entry) => <li key={entry.index} className="entry"><EntryCells entry={entry} /></li>)}
    </ul>
  )
}
