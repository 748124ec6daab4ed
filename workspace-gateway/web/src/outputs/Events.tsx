import type { Output, OutputState } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Time, useName } from '../kit/kit.tsx'
import { looks, type State } from '../kit/states.ts'
import { decisions, texts } from './texts.ts'

type Happening = { at?: string; look: State; what: string; note?: string | null }

/** What happened to an output, in order, with the names of those who are shown to this reader. */
export function Events({ output }: { output: Output }) {
  const said = usePhrases(texts)
  const list = useHappenings(output)
  return (
    <section className="stack tight">
      <h2 className="label">{said.events}</h2>
      <ol className="events">
        {list.map(({ at, look, what, note }) => (
          <li key={`${what}${at}`} className={looks[look].tone}>
            <span className="mark"><Icon name={looks[look].icon} size={13} /></span>
            <div>
              <div>{what}</div>
              {at && <div className="dim"><Time at={at} /></div>}
              {note && <blockquote>{note}</blockquote>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

const after: Record<string, State> = { release: 'released', 'release-amended': 'released', return: 'returned', refuse: 'refused' }

function useHappenings(output: Output): Happening[] {
  const said = usePhrases(texts)
  const vote = usePhrases(decisions)
  const name = useName()
  const list: Happening[] = [{ at: output.submitted ?? output.created, look: 'submitted', what: said.eventSubmitted }]
  if (output.state !== 'checking') list.push({ at: output.held, look: 'held', what: said.eventChecked })
  for (const { by, reviewer, decision, note, at } of output.reviews ?? []) {
    if (decision) list.push({ at, look: after[decision] ?? 'held', what: said.voted(name(by ?? reviewer) || said.someone, vote[decision]), note })
  }
  const ends: Partial<Record<OutputState, string>> = { released: said.eventReleased, returned: said.eventReturned, refused: said.eventRefused, withdrawn: said.eventWithdrawn }
  const end = ends[output.state]
  if (end) list.push({ at: output.release?.at ?? output.release?.released ?? output.decided ?? output.ended, look: output.state, what: end })
  return list
}
