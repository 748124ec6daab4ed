import { Link } from 'wouter'
import type { Input } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Chip, StateChip, Time } from '../kit/kit.tsx'
import { Track } from '../kit/Track.tsx'
import { scanState } from './kinds.ts'
import { kindWords, texts } from './texts.ts'
import { useSending } from './upload.ts'
import './ingress.css'

export function InputLines({ inputs, chosen }: { inputs: Input[]; chosen?: string | undefined }) {
  return (
    <ul className="rows two">
      {inputs.map((input) => <InputLine key={input.id} input={input} chosen={input.id === chosen} />)}
    </ul>
  )
}

function InputLine({ input, chosen }: { input: Input; chosen: boolean }) {
  const said = usePhrases(texts)
  const kind = usePhrases(kindWords)
  const text = useText()
  const format = useFormat()
  const sending = useSending(input.id)
  const scan = scanState(input)
  const sent = sending?.sent ?? input.received
  return (
    <li>
      <Link href={`/inputs/${input.id}`} className={`line ${chosen ? 'chosen' : ''}`} data-id={input.id}>
        <span className="title">{input.name}</span>
        <StateChip state={input.state} />
        <span className="under">
          <span>{text(input.projectTitle) || input.project}</span>
          <span>{kind[input.kind]}</span>
          <span>{input.state === 'uploading' ? said.progress(format.bytes(sent), format.bytes(input.bytes)) : format.bytes(input.bytes)}</span>
          <span>{input.uploader}</span>
          {input.state === 'waiting' && (scan === 'absent' || scan === 'failed') && <Chip tone="amber" icon="warn">{said.notScanned}</Chip>}
          {sending?.waiting && <span className="row"><Icon name="cloud" size={13} />{said.retrying}</span>}
        </span>
        <span className="under num"><Time at={input.created} /></span>
        {sending && !sending.problem && <span className="across"><Track part={sending.of ? sent / sending.of : undefined} label={`${said.sending}: ${input.name}`} /></span>}
      </Link>
    </li>
  )
}
