import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { Link } from 'wouter'
import { has, useMe } from '../api/session.ts'
import type { Input } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Head, Id, Notice, StateChip, Time, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { Track } from '../kit/Track.tsx'
import { Decision } from './Decision.tsx'
import { ImageInUse, ImageSeen } from './ImageSeen.tsx'
import { InputLife } from './InputLife.tsx'
import { refresh, useInput, useTakeBack } from './queries.ts'
import { Contents, Found, Scanned } from './Seen.tsx'
import { endings, imageTexts, kindWords, texts } from './texts.ts'
import { send, useSending } from './upload.ts'
import '../outputs/outputs.css'
import '../review/review.css'
import './ingress.css'

export default function InputPage({ id }: { id: string }) {
  const input = useInput(id)
  return <Loaded from={input}>{(found) => <One input={found} />}</Loaded>
}

function One({ input }: { input: Input }) {
  const said = usePhrases(texts)
  const ending = usePhrases(endings)
  const me = useMe()
  const decides = has(me, 'steward')
  const text = useText()
  const image = usePhrases(imageTexts)
  const isImage = input.kind === 'container-image'
  useTitle(input.name)
  const why = input.ending && input.ending in ending ? ending[input.ending as keyof typeof ending] : undefined
  return (
    <div className="page wide">
      <Head title={input.name} crumbs={<><Link href="/inputs">{said.title}</Link><span aria-hidden="true">/</span><span>{text(input.projectTitle) || input.project}</span><StateChip state={input.state} /></>}>
        {input.mine && ['uploading', 'scanning', 'waiting'].includes(input.state) && <TakeBack input={input} />}
      </Head>
      <div className="columns">
        <div className="stack">
          <InputLife input={input} />
          {input.state === 'uploading' && input.mine && <Uploading input={input} />}
          {why && <Notice tone={input.state === 'refused' ? 'red' : 'grey'} icon={input.state === 'refused' ? 'cross' : 'minus'}>{why}</Notice>}
          {input.place && <Notice tone="green" icon="check" title={<code>{input.place}</code>}>{isImage ? image.place : said.placeHint}</Notice>}
          <Scanned input={input} />
          <Found input={input} />
          {input.image && <ImageSeen image={input.image} />}
          <Contents input={input} />
        </div>
        <aside className="stack">
          {decides && <Decision input={input} />}
          {decides && isImage && (input.state === 'delivered' || input.ending === 'files-changed') && <ImageInUse input={input} />}
          <Facts input={input} />
          {decides && <p className="small dim">{said.noBytes}</p>}
        </aside>
      </div>
    </div>
  )
}

function Facts({ input }: { input: Input }) {
  const said = usePhrases(texts)
  const kind = usePhrases(kindWords)
  const format = useFormat()
  const { review } = input
  return (
    <section className="card">
      <dl className="facts aside body">
        <dt>{said.purpose}</dt><dd className="words">{input.purpose}</dd>
        <dt>{said.kind}</dt><dd>{kind[input.kind]}</dd>
        <dt>{said.size}</dt><dd>{format.bytes(input.bytes)}</dd>
        <dt>{said.by}</dt><dd>{input.uploader}</dd>
        <dt>{said.when}</dt><dd><Time at={input.created} /></dd>
        {input.sha256 && (<><dt>{said.hash}</dt><dd><Id of={input.sha256} short={16} /></dd></>)}
        {review && (<><dt>{said.decided(review.by)}</dt><dd><Time at={review.at} />{review.note && <p className="words">{review.note}</p>}</dd></>)}
      </dl>
    </section>
  )
}

function TakeBack({ input }: { input: Input }) {
  const said = usePhrases(texts)
  const take = useTakeBack(input.id)
  return (
    <Confirm title={said.takeBackTitle} act={said.takeBack} onAct={() => take.mutate()} trigger={<Button look="danger" icon="minus" isPending={take.isPending}>{said.takeBack}</Button>}>
      {said.takeBackWhat}
    </Confirm>
  )
}

/** While this window sends, how far it is; otherwise how to go on. */
function Uploading({ input }: { input: Input }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const queries = useQueryClient()
  const sending = useSending(input.id)
  const [wrong, mark] = useState(false)
  const sizes = [format.bytes(sending?.sent ?? input.received), format.bytes(input.bytes)] as const
  if (sending && !sending.problem)
    return (
      <section className="card moving">
        <strong>{said.sending} <span className="dim">{said.progress(...sizes)}</span></strong>
        <Track part={sending.sent / sending.of} label={said.sending} />
        <p className="small dim">{sending.waiting ? said.retrying : said.keepOpen}</p>
      </section>
    )
  const resume = (file: File | undefined) => {
    if (!file) return
    const same = file.name === input.name && file.size === input.bytes
    mark(!same)
    if (same) void send(input.id, file).then(() => refresh(queries, input.id))
  }
  return (
    <Notice tone={sending?.problem ? 'red' : 'amber'} icon="upload" title={sending?.problem ? said.uploadStopped : said.resumeTitle}>
      {sending?.problem && <p>{sending.problem.message} {sending.problem.detail}</p>}
      <p>{said.resume(...sizes)}</p>
      {wrong && <p role="alert">{said.otherFile}</p>}
      <div className="row"><FileTrigger onSelect={(files) => resume(files?.[0])}><Button small icon="file">{said.resumeFile}</Button></FileTrigger></div>
    </Notice>
  )
}
