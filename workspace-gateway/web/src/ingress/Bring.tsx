import { useState } from 'react'
import { DropZone, FileTrigger, Radio, RadioGroup } from 'react-aria-components'
import { useQueryClient } from '@tanstack/react-query'
import type { InputKind, Project } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Button, Notice } from '../kit/kit.tsx'
import { kindOf, kinds } from './kinds.ts'
import { refresh, useBegin } from './queries.ts'
import { kindHints, kindWords, texts } from './texts.ts'
import { hash, send } from './upload.ts'
import '../review/review.css'
import './ingress.css'

/** Choose a file, say what it is and what for; the rest goes by itself. */
export function Bring({ projects, preferred, onBegun }: { projects: Project[]; preferred: string | undefined; onBegun(id: string): void }) {
  const said = usePhrases(texts)
  const text = useText()
  const [project, pick] = useState(() => projects.find(({ id }) => id === preferred)?.id ?? projects[0]!.id)
  const [file, take] = useState<File | null>(null)
  const [kind, call] = useState<InputKind>('file')
  const [purpose, say] = useState('')
  const [reading, read] = useState(false)
  const begin = useBegin(project)
  const queries = useQueryClient()
  const chosen = (next: File | undefined) => {
    if (!next) return
    begin.reset()
    take(next)
    call(kindOf(next.name))
  }
  const submit = async () => {
    if (!file || !purpose.trim()) return
    read(true)
    const sha256 = await hash(file).catch(() => undefined)
    read(false)
    begin.mutate(
      { name: file.name, bytes: file.size, kind, purpose: purpose.trim(), ...(sha256 && { sha256 }) },
      {
        onSuccess: ({ id }) => {
          void send(id, file).then(() => refresh(queries, id))
          take(null)
          say('')
          onBegun(id)
        },
      },
    )
  }
  return (
    <section className="card bring">
      <header><h2>{said.bring}</h2></header>
      <form className="body stack" onSubmit={(event) => { event.preventDefault(); void submit() }}>
        <Notice tone="grey" icon="info">{said.noData}</Notice>
        <Drop file={file} onFile={chosen} />
        {file && <KindChoice value={kind} onChange={call} />}
        {projects.length > 1 && (
          <label className="field">
            <span className="label">{said.project}</span>
            <select value={project} onChange={(event) => pick(event.target.value)}>
              {projects.map(({ id, title }) => <option key={id} value={id}>{text(title) || id}</option>)}
            </select>
          </label>
        )}
        <label className="field">
          <span className="label">{said.purpose}</span>
          <textarea value={purpose} maxLength={1000} onChange={(event) => say(event.target.value)} />
          <span className="hint">{said.purposeHint}</span>
        </label>
        {begin.error && <Notice tone="red" icon="warn" role="alert" title={begin.error.message}>{(begin.error as { detail?: string }).detail}</Notice>}
        <div className="row">
          <Button type="submit" look="primary" icon="upload" isDisabled={!file || !purpose.trim()} isPending={reading || begin.isPending}>{reading ? said.preparing : said.upload}</Button>
          <span className="small dim">{said.limit}</span>
        </div>
      </form>
    </section>
  )
}

function Drop({ file, onFile }: { file: File | null; onFile(file: File | undefined): void }) {
  const said = usePhrases(texts)
  const format = useFormat()
  return (
    <DropZone
      className="drop"
      aria-label={said.drop}
      getDropOperation={() => 'copy'}
      onDrop={async ({ items }) => {
        const dropped = items.find((item) => item.kind === 'file')
        if (dropped?.kind === 'file') onFile(await dropped.getFile())
      }}
    >
      <Icon name={file ? 'file' : 'upload'} size={28} />
      {file ? <strong>{file.name} <span className="dim">{format.bytes(file.size)}</span></strong> : <span>{said.drop} <span className="dim">{said.or}</span></span>}
      <FileTrigger onSelect={(files) => onFile(files?.[0])}>
        <Button small>{file ? said.another : said.choose}</Button>
      </FileTrigger>
    </DropZone>
  )
}

function KindChoice({ value, onChange }: { value: InputKind; onChange(kind: InputKind): void }) {
  const said = usePhrases(texts)
  const word = usePhrases(kindWords)
  const hint = usePhrases(kindHints)
  return (
    <RadioGroup aria-label={said.kind} value={value} onChange={(next) => onChange(next as InputKind)} className="stack close">
      {kinds.map((kind) => (
        <Radio key={kind} value={kind} className="choice accent">
          <span className="grow">{word[kind]} <span className="small dim">{hint[kind]}</span></span>
        </Radio>
      ))}
    </RadioGroup>
  )
}
