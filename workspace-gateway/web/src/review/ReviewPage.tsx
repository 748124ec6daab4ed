import { useState } from 'react'
import { Link } from 'wouter'
import type { CellEvidence, Evidence, Finding, Output } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { useMe } from '../api/session.ts'
import { Icon } from '../kit/Icon.tsx'
import { Head, Notice, StateChip, Time, useName, useTitle } from '../kit/kit.tsx'
import { Bones, Failure, Loaded } from '../kit/Loaded.tsx'
import { Events } from '../outputs/Events.tsx'
import { Findings } from '../outputs/Findings.tsx'
import { useProjectTitle, useTitleOf } from '../outputs/lines.tsx'
import '../outputs/outputs.css'
import { useFollow, useOutput } from '../outputs/queries.ts'
import { SqlText } from '../sql/SqlText.tsx'
import { AuditCard } from './AuditCard.tsx'
import { DecisionPanel } from './DecisionPanel.tsx'
import { EarlierCard } from './EarlierCard.tsx'
import { FilePreview } from './FilePreview.tsx'
import { FileSwitch } from './FileSwitch.tsx'
import { useEvidence } from './queries.ts'
import { TableCard } from './TableCard.tsx'
import type { Place } from './table.ts'
import { texts } from './texts.ts'
import { waitsForMe } from './turn.ts'
import './review.css'

export default function ReviewPage({ id }: { id: string }) {
  const output = useOutput(id)
  return <Loaded from={output}>{(found) => <Found output={found} />}</Loaded>
}

function Found({ output }: { output: Output }) {
  const said = usePhrases(texts)
  const title = useTitleOf()
  const project = useProjectTitle()
  const name = useName()
  const { user } = useMe()
  const [file, look] = useState<string>()
  const evidence = useEvidence(output.id, file, output.state !== 'checking' && output.state !== 'withdrawn')
  useTitle(`${said.title}: ${title(output)}`)
  useFollow(output)
  return (
    <div className="page wide">
      <Head
        title={title(output)}
        crumbs={<><Link href="/review">{said.title}</Link><span aria-hidden="true">/</span><span>{project(output)}</span><StateChip state={output.state} /></>}
        lede={<Sentence output={output} evidence={evidence.data} />}
      />
      {waitsForMe(output, user) && <a className="jump button" href="#decision">{said.decide}<Icon name="down" /></a>}
      <div className="review-columns">
        <div className="stack">
          {evidence.error ? <div className="card"><Failure problem={evidence.error} /></div> : evidence.data ? <Shown key={file ?? ''} output={output} evidence={evidence.data} onFile={look} /> : <div className="card"><Bones lines={8} /></div>}
        </div>
        <aside className="stack" id="decision">
          <DecisionPanel output={output} amendable={Boolean(evidence.data?.amended ?? evidence.data?.judgement?.amended ?? evidence.data?.judgement?.amendedFiles?.length)} ready={evidence.data !== undefined} />
          <section className="stack tight">
            <h2 className="label">{said.facts}</h2>
            <dl className="facts aside">
              <dt>{said.author}</dt><dd>{name(output.author) || '–'}</dd>
              <dt>{said.project}</dt><dd>{project(output)}</dd>
              <dt>{said.submitted}</dt><dd><Time at={output.submitted ?? output.created} /></dd>
              {output.rules && (<><dt>{said.rules}</dt><dd><code>{output.rules}</code></dd></>)}
            </dl>
          </section>
          <Events output={output} />
        </aside>
      </div>
    </div>
  )
}

function Shown({ output, evidence, onFile }: { output: Output; evidence: Evidence; onFile(name: string): void }) {
  const said = usePhrases(texts)
  const [place, go] = useState<Place | null>(null)
  const judgement = evidence.judgement
  const findings = judgement?.findings ?? output.findings ?? []
  const files = judgement?.files ?? []
  const looked = files.find(({ name }) => name === evidence.file) ?? (files.length === 1 ? files[0] : undefined)
  const here = files.length < 2 ? findings : findings.filter((finding) => !finding.file || finding.file === evidence.file)
  const toFinding = ({ where }: Finding) => {
    if (where && typeof where === 'object' && where.row != null) go({ row: where.row, column: where.column ?? null, at: Date.now() })
  }
  return (
    <>
      {output.context && <section className="card"><header><h2>{said.context}</h2></header><p className="body preview">{output.context}</p></section>}
      <FileSwitch files={files} findings={findings} chosen={evidence.file ?? undefined} onChoose={onFile} />
      {evidence.table ? <TableCard id={output.id} evidence={evidence} findings={here} place={place} /> : looked ? <FilePreview id={output.id} file={looked} /> : <Notice tone="amber" icon="eye">{said.noTable}</Notice>}
      <Findings findings={findings} evidence onGo={toFinding} />
      {evidence.sql && <SqlText sql={evidence.sql} title="SQL" />}
      {judgement?.evidence && <EarlierCard evidence={evidence} found={judgement.evidence} onGo={(row) => go({ row, column: null, at: Date.now() })} />}
      {judgement?.evidence && <AuditCard evidence={judgement.evidence} />}
    </>
  )
}

function Sentence({ output, evidence }: { output: Output; evidence?: Evidence }) {
  const said = usePhrases(texts)
  const format = useFormat()
  switch (output.verdict) {
    case 'clear': return <>{said.sentenceClear}</>
    case 'amendable': return <>{said.sentenceAmendable(format.number(hidden(evidence?.judgement?.evidence)))}</>
    case 'refer': return <>{said.sentenceRefer}</>
    case 'refuse': return <>{said.sentenceRefuse}</>
    default: return output.state === 'checking' ? <>{said.notYet}</> : null
  }
}

function hidden(evidence: CellEvidence | null | undefined): number {
  return evidence?.audit?.hidden ?? evidence?.cells.filter(({ status }) => status === 'primary' || status === 'secondary').length ?? 0
}
