import { useRef, useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { useMe } from '../api/session.ts'
import type { Input } from '../api/types.ts'
import { useKeys } from '../app/keys.tsx'
import { usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Button, LinkButton, Notice } from '../kit/kit.tsx'
import { byTurn } from './kinds.ts'
import { useInputs, useReviewInput } from './queries.ts'
import { texts } from './texts.ts'

/** A steward lets in or refuses. Keys choose; only the button with the person's name on it decides. */
export function Decision({ input }: { input: Input }) {
  const said = usePhrases(texts)
  const { user } = useMe()
  const review = useReviewInput(input.id)
  const [decision, choose] = useState<'accept' | 'refuse' | null>(null)
  const [note, write] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const open = input.state === 'waiting'
  const pick = (next: 'accept' | 'refuse') => {
    if (!open) return
    choose(next)
    field.current?.focus()
  }
  useKeys({ a: () => pick('accept'), r: () => pick('refuse') })
  if (!open) return <Closed input={input} />
  const mustSay = decision === 'refuse' || (decision === 'accept' && input.needsNote)
  return (
    <section className="card decision">
      <header><h2>{said.decide}</h2></header>
      <form className="body stack" onSubmit={(event) => { event.preventDefault(); if (decision) review.mutate({ decision, note: note.trim() }) }}>
        <RadioGroup aria-label={said.decide} value={decision} onChange={(value) => choose(value as 'accept' | 'refuse')} className="choices">
          <Radio value="accept" className="choice green"><Icon name="check" /><span className="grow">{said.accept}</span><kbd>a</kbd></Radio>
          <Radio value="refuse" className="choice red"><Icon name="cross" /><span className="grow">{said.refuseIt}</span><kbd>r</kbd></Radio>
        </RadioGroup>
        {decision && <p className="small soft">{decision === 'accept' ? said.acceptWhat : said.refuseWhat}</p>}
        <label className="field">
          <span className="label">{said.note}</span>
          <textarea ref={field} value={note} maxLength={4000} onChange={(event) => write(event.target.value)} />
          <span className="hint">{mustSay && !note.trim() ? said.noteNeeded : said.noteHint}</span>
        </label>
        {review.error && <Notice tone="red" icon="warn" role="alert" title={review.error.message}>{(review.error as { detail?: string }).detail}</Notice>}
        <Button type="submit" look="primary" isDisabled={!decision || (mustSay && !note.trim())} isPending={review.isPending}>{said.as(user.displayName || user.name)}</Button>
      </form>
    </section>
  )
}

function Closed({ input }: { input: Input }) {
  const said = usePhrases(texts)
  const next = byTurn(useInputs({}).data?.items ?? []).waiting.find(({ id }) => id !== input.id)
  return (
    <section className="card decision">
      <div className="body stack">
        {input.review ? <Decided by={input.review.by} accepted={input.review.decision === 'accept'} holds={input.state !== 'withdrawn' && input.state !== 'refused'} /> : <p className="soft">{said.notOpen}</p>}
        {next ? <LinkButton to={`/inputs/${next.id}`} look="primary" icon="right">{said.next}</LinkButton> : <LinkButton to="/inputs">{said.back}</LinkButton>}
      </div>
    </section>
  )
}

/** @param holds whether what was accepted has not come to an end since */
function Decided({ by, accepted, holds }: { by: string; accepted: boolean; holds: boolean }) {
  const said = usePhrases(texts)
  if (!accepted) return <Notice tone="red" icon="cross" title={said.decided(by)} role="status">{said.refuseWhat}</Notice>
  if (holds) return <Notice tone="green" icon="check" title={said.decided(by)} role="status">{said.acceptWhat}</Notice>
  return <Notice tone="grey" icon="check" title={said.decided(by)} role="status" />
}
