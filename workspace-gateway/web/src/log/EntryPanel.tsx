import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { Entry } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Button, Id, Notice, StateChip, Time } from '../kit/kit.tsx'
import { DetailFacts } from './DetailFacts.tsx'
import { begun, useAct, useActionName } from './Entries.tsx'
import { kindOf, type Kind } from './life.ts'
import { downloadProof, type LogFilter } from './queries.ts'
import { kinds, texts } from './texts.ts'

export function EntryPanel({ entry, onClose, onNarrow, onEntry }: { entry: Entry; onClose(): void; onNarrow(by: LogFilter): void; onEntry(index: number): void }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const act = useAct()
  const kind = usePhrases(kinds)
  const proof = useMutation({ mutationFn: () => downloadProof(entry.index) })
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.closest('aside')?.scrollIntoView({ block: 'nearest' })
    heading.current?.focus({ preventScroll: true })
  }, [])
  const name = useActionName()
  const only = (field: keyof LogFilter, value: string, words = value) => (
    <button type="button" className="go" title={said.only(value)} onClick={() => onNarrow({ [field]: value })}>{words}</button>
  )
  const life = (of: string, sort: Kind) => <div><Link href={`/log/of/${encodeURIComponent(of)}`} aria-label={`${said.lifeOf(kind[sort])}: ${of}`}>{said.lifeOf(kind[sort])}</Link></div>
  return (
    <aside className="card entry-panel" aria-label={said.detail(format.number(entry.index))}>
      <header>
        <h2 ref={heading} tabIndex={-1}>{said.detail(format.number(entry.index))}</h2>
        <Button look="quiet" small icon="cross" aria-label={said.close} onPress={onClose} />
      </header>
      <div className="body stack">
        <div className="row"><strong>{act(entry)}</strong><StateChip state={String(entry.result ?? (begun(entry) ? 'intent' : 'done'))} /></div>
        <dl className="facts aside">
          <dt>{said.time}</dt><dd><Time at={entry.time} style="exact" /><div className="dim small mono">{entry.time}</div></dd>
          <dt>{said.actor}</dt><dd>{only('actor', entry.actor)}</dd>
          <dt>{said.action}</dt><dd>{only('action', entry.action, name(entry.action))}<div className="dim small mono">{entry.action}</div></dd>
          {entry.project && (<><dt>{said.project}</dt><dd>{only('project', entry.project)}{entry.project !== entry.object && life(entry.project, 'project')}</dd></>)}
          {entry.object && (<><dt>{said.object}</dt><dd><Id of={entry.object} short={28} />{life(entry.object, entry.object === entry.project ? 'project' : kindOf(entry.action))}</dd></>)}
          <dt>{said.phase}</dt><dd>{entry.phase.toLowerCase() === 'intent' ? said.intent : said.outcome}</dd>
          {entry.intent != null && (<><dt>{said.answers}</dt><dd><button type="button" className="go" onClick={() => onEntry(entry.intent!)}>{format.number(entry.intent)}</button></dd></>)}
          <DetailFacts detail={entry.detail} />
        </dl>
        <p className="small dim">{said.proofHint}</p>
      </div>
      <footer className="stack">
        {proof.error && <Notice tone="red" icon="warn" role="alert">{proof.error.message}</Notice>}
        <Button icon="shield" isPending={proof.isPending} onPress={() => proof.mutate()}>{said.proof}</Button>
      </footer>
    </aside>
  )
}
