import { useRef, useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { useMe } from '../api/session.ts'
import type { Decision, Output } from '../api/types.ts'
import { useKeys } from '../app/keys.tsx'
import { usePhrases } from '../i18n/language.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { Button, LinkButton, Notice } from '../kit/kit.tsx'
import { useOutputs } from '../outputs/queries.ts'
import { decisions } from '../outputs/texts.ts'
import { useDecide } from './queries.ts'
import { texts } from './texts.ts'
import { myVote, needed, waitsForMe } from './turn.ts'

type Props = { output: Output; amendable: boolean; ready: boolean }

const choices: [Decision, IconName, string, string?][] = [
  ['release', 'check', 'green'],
  ['release-amended', 'shield', 'green', 'a'],
  ['return', 'back', 'violet', 'r'],
  ['refuse', 'cross', 'red'],
]

/** The four decisions. Keys choose; only the button with the person's name on it decides. */
export function DecisionPanel({ output, amendable, ready }: Props) {
  const said = usePhrases(texts)
  const label = usePhrases(decisions)
  const { user } = useMe()
  const decide = useDecide(output.id)
  const [decision, choose] = useState<Decision | null>(null)
  const [note, write] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const open = waitsForMe(output, user)
  const pick = (next: Decision) => {
    if (!open || (next === 'release-amended' && !amendable)) return
    choose(next)
    field.current?.focus()
  }
  useKeys({ a: () => pick('release-amended'), r: () => pick('return') })
  if (!open) return <Closed output={output} />

  const mustSay = decision === 'return' || decision === 'refuse' || (decision === 'release' && output.verdict !== 'clear')
  const closed = (value: Decision) => (value === 'release-amended' && !amendable) || (value === 'release' && output.verdict === 'refuse')
  const name = user.displayName || user.name
  return (
    <section className="card decision">
      <header><h2>{said.decide}</h2></header>
      <form
        className="body stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (decision) decide.mutate({ decision, note: note.trim() })
        }}
      >
        <RadioGroup aria-label={said.decide} value={decision} onChange={(value) => choose(value as Decision)} className="choices">
          {choices.map(([value, icon, tone, key]) => (
            <Radio key={value} value={value} isDisabled={closed(value)} className={`choice ${tone}`}>
              <Icon name={icon} />
              <span className="grow">{label[value]}</span>
              {key && <kbd>{key}</kbd>}
            </Radio>
          ))}
        </RadioGroup>
        <label className="field">
          <span className="label">{said.note}</span>
          <textarea ref={field} value={note} onChange={(event) => write(event.target.value)} maxLength={2000} />
          <span className="hint">{mustSay && !note.trim() ? said.noteNeeded : said.noteHint}</span>
        </label>
        {decide.error && <Notice tone="red" icon="warn" role="alert" title={decide.error.message}>{(decide.error as { detail?: string }).detail}</Notice>}
        <Button type="submit" look="primary" isDisabled={!decision || !ready || (mustSay && !note.trim())} isPending={decide.isPending}>{said.as(name)}</Button>
        <p className="small dim">{said.named}</p>
        <Rule output={output} />
      </form>
    </section>
  )
}

function Rule({ output }: { output: Output }) {
  const said = usePhrases(texts)
  const count = needed(output)
  if (count < 2) return <p className="small dim">{said.one}</p>
  return (
    <details className="small dim blind" open>
      <summary>{said.blindTitle(count)}</summary>
      <p>{said.blind}</p>
    </details>
  )
}

function Closed({ output }: { output: Output }) {
  const said = usePhrases(texts)
  const label = usePhrases(decisions)
  const { user } = useMe()
  const mine = myVote(output, user)
  const queue = useOutputs({}).data?.items ?? []
  const next = queue.find((other) => other.id !== output.id && waitsForMe(other, user))
  const undecided = output.state === 'held'
  return (
    <section className="card decision" data-voted={Boolean(mine)}>
      <div className="body stack">
        {output.state === 'checking' ? <p className="soft">{said.notYet}</p> : undecided && mine ? (
          <Notice tone="accent" icon="check" title={said.votedTitle} role="status">
            {mine.decision && <p>{label[mine.decision]}</p>}
            <p className="small">{said.voted}</p>
          </Notice>
        ) : <p className="soft">{said.over}</p>}
        {next ? <LinkButton to={`/review/${next.id}`} look="primary" icon="right">{said.next}</LinkButton> : <LinkButton to="/review">{said.back}</LinkButton>}
      </div>
    </section>
  )
}
