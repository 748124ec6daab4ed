import { useEffect, useState } from 'react'
import type { Job } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Button, LinkButton, Notice } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { Track } from '../kit/Track.tsx'
import { isMoving, useCancel, useJob } from './queries.ts'
import { SqlText } from './SqlText.tsx'
import { texts } from './texts.ts'

type Props = { id: string; draft: string; onLoad(sql: string): void; onShow(line: number, column: number): void }

/** One job: what is happening to it, or how it ended. Never its rows. */
export function JobPanel({ id, draft, onLoad, onShow }: Props) {
  const said = usePhrases(texts)
  const job = useJob(id)
  return (
    <Loaded from={job} bones={3}>
      {(found) => (
        <div className="stack" data-job={found.state} aria-live="polite">
          {isMoving(found) ? <Moving job={found} /> : <Ended job={found} onShow={onShow} />}
          {found.sql && found.sql.trim() !== draft.trim() && (
            <>
              <SqlText sql={found.sql} title={found.title || said.title} />
              <div><Button small onPress={() => onLoad(found.sql!)}>{said.load}</Button></div>
            </>
          )}
        </div>
      )}
    </Loaded>
  )
}

function Moving({ job }: { job: Job }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const cancel = useCancel(job.id)
  const [now, tick] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), 200)
    return () => clearInterval(timer)
  }, [])
  const since = new Date(job.started ?? job.queued).getTime()
  const part = fraction(job)
  return (
    <section className="card moving">
      <div className="row between">
        <div>
          <strong><What job={job} /></strong>
          <span className="dim"> {format.took(now - since)}</span>
        </div>
        <Button icon="stop" small isPending={cancel.isPending} onPress={() => cancel.mutate()}>{said.cancel}</Button>
      </div>
      <Track part={part} label={said.running} />
      <p className="small dim">{said.leave}</p>
    </section>
  )
}

function What({ job }: { job: Job }) {
  const said = usePhrases(texts)
  const part = fraction(job)
  const position = job.position ?? job.progress?.position
  if (job.state === 'queued') return <>{position ? said.position(position) : said.queued}</>
  if (job.progress?.phase === 'writing') return <>{said.writing}</>
  return <>{part === undefined ? said.running : said.percent(Math.round(part * 100))}</>
}

function fraction({ state, progress }: Job): number | undefined {
  const part = progress?.fraction
  return state === 'running' && part != null && part >= 0 ? Math.min(1, part) : undefined
}

function Ended({ job, onShow }: { job: Job; onShow(line: number, column: number): void }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const took = job.started && job.ended ? said.took(format.took(new Date(job.ended).getTime() - new Date(job.started).getTime())) : ''
  if (job.state === 'held')
    return (
      <Notice tone="amber" icon="lock" title={said.heldTitle}>
        <p>{said.held}</p>
        <div className="row">
          {job.output && <LinkButton to={`/outputs/${job.output}`} look="primary" icon="box">{said.open}</LinkButton>}
          <span className="small dim">{took}</span>
        </div>
      </Notice>
    )
  if (job.state === 'cancelled') return <Notice tone="grey" icon="minus" title={said.cancelledTitle}>{said.cancelled}</Notice>
  const { error } = job
  return (
    <Notice tone="red" icon="warn" title={said.failedTitle}>
      <p>{error?.message}</p>
      <div className="row small">
        {error?.line && <span>{error.column ? said.at(error.line, error.column) : said.line(error.line)}</span>}
        {error && <code className="dim">{error.code}</code>}
        {error?.line && <Button small onPress={() => onShow(error.line!, error.column ?? 1)}>{said.show}</Button>}
      </div>
    </Notice>
  )
}
