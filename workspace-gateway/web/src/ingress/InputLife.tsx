import type { Input } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { looks, words } from '../kit/states.ts'
import { texts } from './texts.ts'

const past: Record<Input['state'], number> = { uploading: 0, scanning: 1, waiting: 2, accepted: 3, delivered: 4, refused: 2, withdrawn: 1, abandoned: 0 }

/** Where some endings stopped it, when the state alone does not tell. */
const stopped: Record<string, number> = { scan: 1, 'bytes-changed': 3, install: 3, taken: 3, 'files-changed': 3, 'withdrawn-by-steward': 3 }

/** From the first byte to the workspace: how far it has come, and where it stopped. */
export function InputLife({ input }: { input: Input }) {
  const said = usePhrases(texts)
  const state = usePhrases(words)
  const look = looks[input.state]
  const stoppedBefore = stopped[input.ending ?? ''] ?? past[input.state]
  const isStopped = ['refused', 'withdrawn', 'abandoned'].includes(input.state)
  const steps = [said.stepUpload, said.stepScan, said.stepReview, said.stepPlace]
  return (
    <ol className={`life ${look.tone}`} aria-label={said.life}>
      {steps.map((step, index) => {
        const done = index < stoppedBefore
        const here = index === stoppedBefore
        return (
          <li key={step} className={`${done ? 'done' : ''} ${here ? (isStopped ? 'stopped' : 'current') : ''}`} aria-current={here ? 'step' : undefined}>
            <span className="dot">{done ? <Icon name="check" size={15} /> : here ? <Icon name={look.icon} size={14} className={look.turning && 'turning'} /> : index === 3 ? <Icon name="gate" size={14} /> : null}</span>
            <span>{here && isStopped ? state[input.state] : step}</span>
          </li>
        )
      })}
    </ol>
  )
}
