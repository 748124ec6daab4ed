import { useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import type { Job } from '../api/types.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Button, Head, Notice, StateChip, Time, useNow, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { useOutputs } from '../outputs/queries.ts'
import { isOver, usePermit, useProject } from '../projects/queries.ts'
import { useJobs } from '../sql/queries.ts'
import { useProjectImages } from '../workspaces/queries.ts'
import '../sql/sql.css'
import { NotebookPanel } from './NotebookPanel.tsx'
import { mostBytes, useRunNotebook } from './queries.ts'
import { texts } from './texts.ts'

export default function NotebooksPage({ project }: { project: string }) {
  const said = usePhrases(texts)
  const text = useText()
  const found = useProject(project)
  const permit = usePermit(project)
  const over = isOver(permit.data, useNow())
  const given = permit.data?.visiting?.notebooks !== false
  const [, go] = useLocation()
  const chosen = new URLSearchParams(useSearch()).get('job') ?? undefined
  const show = (id: string) => go(`/projects/${project}/notebooks?job=${encodeURIComponent(id)}`, { replace: true })
  const name = text(found.data?.title) || project
  useTitle(`${said.title} · ${name}`)
  return (
    <div className="page wide">
      <Head title={said.title} lede={said.lede} crumbs={<><Link href={`/projects/${project}`}>{name}</Link></>} />
      {over && <Notice tone="red" icon="clock">{said.expired}</Notice>}
      {!given && !over && <Notice tone="grey" icon="lock">{said.notPermitted}</Notice>}
      <div className="sql-columns">
        <div className="stack">
          {given && !over && <Send project={project} onSent={show} />}
          {chosen && <NotebookPanel id={chosen} />}
        </div>
        <aside className="stack">
          <h2 className="label">{said.history}</h2>
          <Past project={project} chosen={chosen} onChoose={show} />
        </aside>
      </div>
    </div>
  )
}

function Send({ project, onSent }: { project: string; onSent(id: string): void }) {
  const said = usePhrases(texts)
  const run = useRunNotebook(project)
  const [file, take] = useState<File | null>(null)
  const [title, name] = useState('')
  const [context, write] = useState('')
  const [image, choose] = useState('')
  const brought = useProjectImages(project).data?.items.filter(({ notebook }) => notebook) ?? []
  const chosen = brought.some(({ name }) => name === image) ? image : ''
  const tooLarge = (file?.size ?? 0) > mostBytes
  return (
    <section className="card">
      <form
        className="body stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (file && !tooLarge) run.mutate({ file, title: title || file.name.replace(/\.ipynb$/, ''), context, image: chosen }, { onSuccess: ({ id }) => onSent(id) })
        }}
      >
        <label className="field">
          <span className="label">{said.file}</span>
          <input className="input" type="file" accept=".ipynb,application/x-ipynb+json" onChange={(event) => take(event.target.files?.[0] ?? null)} />
          <span className="hint">{tooLarge ? said.tooLarge : said.fileHint}</span>
        </label>
        <label className="field">
          <span className="label">{said.name}</span>
          <input className="input" value={title} maxLength={200} placeholder={file?.name.replace(/\.ipynb$/, '')} onChange={(event) => name(event.target.value)} />
        </label>
        <label className="field">
          <span className="label">{said.context}</span>
          <textarea value={context} maxLength={4000} onChange={(event) => write(event.target.value)} />
        </label>
        {brought.length > 0 && (
          <label className="field">
            <span className="label">{said.image}</span>
            <select value={chosen} onChange={(event) => choose(event.target.value)}>
              <option value="">{said.usualImage}</option>
              {brought.map((one) => <option key={one.name} value={one.name}>{one.name}</option>)}
            </select>
            <span className="hint">{said.imageHint}</span>
          </label>
        )}
        {run.error && <Notice tone="red" icon="warn" role="alert" title={run.error.message}>{(run.error as { detail?: string }).detail}</Notice>}
        <div><Button type="submit" look="primary" icon="play" isDisabled={!file || tooLarge} isPending={run.isPending}>{said.run}</Button></div>
      </form>
    </section>
  )
}

/** A notebook that was held goes on as its output, and shows the state of that. */
function Past({ project, chosen, onChoose }: { project: string; chosen: string | undefined; onChoose(id: string): void }) {
  const said = usePhrases(texts)
  const jobs = useJobs(project, 'notebook')
  const outputs = useOutputs({ project }).data?.items ?? []
  const state = (job: Job) => outputs.find(({ id }) => id === job.output)?.state ?? job.state
  return (
    <Loaded from={jobs} bones={3}>
      {({ items }) =>
        items.length === 0 ? <p className="small dim">{said.noHistory}</p> : (
          <ul className="history">
            {items.map((job) => (
              <li key={job.id}>
                <button type="button" onClick={() => onChoose(job.id)} aria-current={job.id === chosen || undefined}>
                  <span className="row between"><StateChip state={state(job)} /><span className="small dim"><Time at={job.queued} /></span></span>
                  <span className="excerpt">{job.title || job.id}</span>
                  {job.image && <span className="small dim">{said.ranIn(job.image)}</span>}
                </button>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
