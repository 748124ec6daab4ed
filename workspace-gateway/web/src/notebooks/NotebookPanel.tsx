import type { Job } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Button, LinkButton, Notice } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { Track } from '../kit/Track.tsx'
import { isMoving, useCancel, useJob } from '../sql/queries.ts'
import { texts } from './texts.ts'

/** One notebook: which cell runs, or how it ended. Never a word that a cell printed. */
export function NotebookPanel({ id }: { id: string }) {
  const job = useJob(id)
  return (
    <Loaded from={job} bones={3}>
      {(found) => <div className="stack" data-job={found.state} aria-live="polite">{isMoving(found) ? <Moving job={found} /> : <Ended job={found} />}</div>}
    </Loaded>
  )
}

function Moving({ job }: { job: Job }) {
  const said = usePhrases(texts)
  const cancel = useCancel(job.id)
  const { cell, of } = job.progress ?? {}
  const known = cell !== undefined && of !== undefined
  const words = job.state === 'queued' ? (job.position ? said.position(job.position) : said.queued) : known ? said.cell(cell, of) : said.starting
  return (
    <section className="card moving">
      <div className="row between">
        <strong>{words}</strong>
        <Button icon="stop" small isPending={cancel.isPending} onPress={() => cancel.mutate()}>{said.cancel}</Button>
      </div>
      <Track part={known ? (cell - 1) / of : undefined} label={words} />
      <p className="small dim">{said.leave}</p>
    </section>
  )
}

function Ended({ job }: { job: Job }) {
  const said = usePhrases(texts)
  if (job.state === 'held')
    return (
      <Notice tone="amber" icon="lock" title={said.heldTitle}>
        <p>{said.held}</p>
        {job.output && <LinkButton to={`/outputs/${job.output}`} look="primary" icon="box">{said.open}</LinkButton>}
      </Notice>
    )
  if (job.state === 'cancelled') return <Notice tone="grey" icon="minus" title={said.cancelledTitle}>{said.cancelled}</Notice>
  const { error } = job
  return (
    <Notice tone="red" icon="warn" title={said.failedTitle}>
      {error?.cell ? (
        <>
          <p>{said.failedCell(error.cell)} <code>{error.class}</code></p>
          <p className="small">{said.noText}</p>
        </>
      ) : <p>{error?.message}</p>}
    </Notice>
  )
}
