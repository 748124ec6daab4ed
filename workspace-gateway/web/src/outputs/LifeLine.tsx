import type { Output } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { looks, words } from '../kit/states.ts'
import { given, needed } from '../review/turn.ts'
import { texts } from './texts.ts'

/** The life of an output as a line: how far it has come, and where it stopped. */
export function LifeLine({ output }: { output: Output }) {
  const said = usePhrases(texts)
  const state = usePhrases(words)
  const past = { checking: 1, held: 2, released: 4, returned: 3, refused: 3, withdrawn: 2 }[output.state]
  const final = past >= 3 || output.state === 'withdrawn'
  const look = looks[output.state]
  const steps = [
    said.stepSubmitted,
    said.stepChecked,
    output.state === 'held' && needed(output) > 1 ? said.reviewOf(Math.min(given(output), needed(output)), needed(output)) : said.stepReviews,
    final && output.state !== 'released' ? state[output.state] : said.stepOut,
  ]
  return (
    <ol className={`life ${look.tone}`} aria-label={said.life}>
      {steps.map((step, index) => {
        const last = index === steps.length - 1
        const stopped = last && final && output.state !== 'released'
        const done = index < past && !(last && !final)
        const current = !final && index === past
        return (
          <li key={step} className={`${done ? 'done' : ''} ${current ? 'current' : ''} ${stopped ? 'stopped' : ''}`} aria-current={current ? 'step' : undefined}>
            <span className="dot">
              {stopped || (last && final) ? <Icon name={look.icon} size={14} /> : last ? <Icon name="gate" size={14} /> : done ? <Icon name="check" size={15} /> : current ? <Icon name={look.icon} size={14} className={look.turning && 'turning'} /> : null}
            </span>
            <span>{step}</span>
          </li>
        )
      })}
    </ol>
  )
}
