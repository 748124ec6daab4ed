import type { Entry } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { StateChip, Time } from '../kit/kit.tsx'
import { actions, texts } from './texts.ts'
import './log.css'

export function useActionName(): (action: string) => string {
  const said = usePhrases(actions) as Record<string, string>
  return (action) => said[action] ?? action
}

export const begun = ({ phase, result }: Entry): boolean => !result && phase.toLowerCase() === 'intent'

/** What was done; of an intent, that it was about to be: its outcome is an entry of its own, and nobody shall count two acts. */
export function useAct(): (entry: Entry) => string {
  const said = usePhrases(texts)
  const name = useActionName()
  return (entry) => (begun(entry) ? said.aboutTo(name(entry.action)) : name(entry.action))
}

/** One entry in one line: when, who, what, on what, and how it ended. */
export function EntryCells({ entry }: { entry: Entry }) {
  const act = useAct()
  const format = useFormat()
  return (
    <>
      <span className="when"><Time at={entry.time} /></span>
      <span className="actor">{entry.actor}</span>
      <span className={begun(entry) ? 'what soft' : 'what'} title={entry.action}>{act(entry)}</span>
      <span className="on">{entry.project && <span>{entry.project}</span>}{entry.object && <code title={entry.object}>{entry.object}</code>}</span>
      <span className="how"><StateChip state={String(entry.result ?? (begun(entry) ? 'intent' : 'done'))} /></span>
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
