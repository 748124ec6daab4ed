import { useEffect, useRef, useState } from 'react'
import { TabList, TabPanel, Tabs } from 'react-aria-components'
import { Link, useLocation, useSearch } from 'wouter'
import { useMe } from '../api/session.ts'
import { useKeys } from '../app/keys.tsx'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Button, Head, Notice, Tab, useNow, useTitle } from '../kit/kit.tsx'
import { isOver, usePermit, useProject, useTables } from '../projects/queries.ts'
import { type EditorHandle, SqlEditor } from './SqlEditor.tsx'
import { History } from './History.tsx'
import { JobPanel } from './JobPanel.tsx'
import { isMoving, useJob, useRun } from './queries.ts'
import { PreflightAnswer, PreflightButton, usePreflight } from './Preflight.tsx'
import { TableBrowser } from './TableBrowser.tsx'
import { texts } from './texts.ts'
import './sql.css'

export default function SqlPage({ project }: { project: string }) {
  const said = usePhrases(texts)
  const text = useText()
  const found = useProject(project)
  const permit = usePermit(project)
  const over = isOver(permit.data, useNow())
  const tables = useTables(project).data?.items ?? []
  const [, go] = useLocation()
  const chosen = new URLSearchParams(useSearch()).get('job') ?? undefined
  const job = useJob(chosen)
  const run = useRun(project)
  const preflight = usePreflight(project)
  const editor = useRef<EditorHandle>(null)
  const [draft, setDraft] = useDraft(project)
  const [title, setTitle] = useState('')
  const name = text(found.data?.title) || project
  useTitle(`${said.title} · ${name}`)
  useKeys({ '/': () => editor.current?.focus() })

  const arrivedEmpty = useRef(!draft.trim())
  const show = (id: string) => go(`/projects/${project}/sql?job=${encodeURIComponent(id)}`, { replace: true })
  const submit = () => {
    arrivedEmpty.current = false
    if (!draft.trim() || run.isPending) return
    run.mutate({ sql: draft, ...(title.trim() && { title: title.trim() }) }, { onSuccess: ({ id }) => show(id) })
  }
  const load = (sql: string) => {
    editor.current?.replace(sql)
    editor.current?.focus()
  }
  useEffect(() => {
    if (!job.data?.sql || !arrivedEmpty.current) return
    arrivedEmpty.current = false
    editor.current?.replace(job.data.sql)
  }, [job.data?.sql])

  const error = job.data?.error && job.data.sql?.trim() === draft.trim() ? job.data.error : null
  return (
    <div className="page wide sql-page">
      <Head title={said.title} crumbs={<><Link href={`/projects/${project}`}>{name}</Link></>} />
      {over && <Notice tone="red" icon="clock">{said.expired}</Notice>}
      <div className="sql-columns">
        <div className="stack">
          <section className="card workbench" aria-label={said.editor}>
            <SqlEditor ref={editor} value={draft} onChange={setDraft} onRun={submit} tables={tables} error={error} />
            <div className="runbar">
              <input className="input" aria-label={said.name} placeholder={said.name} value={title} maxLength={120} onChange={(event) => setTitle(event.target.value)} />
              <PreflightButton asked={preflight} sql={draft} closed={over} />
              <Button look="primary" icon="play" onPress={submit} isDisabled={!draft.trim() || over} isPending={run.isPending || isMoving(job.data)}>
                {said.run} <kbd>Ctrl ⏎</kbd>
              </Button>
            </div>
          </section>
          <PreflightAnswer asked={preflight} sql={draft} />
          {run.error && <Notice tone="red" icon="warn" role="alert" title={run.error.message}>{(run.error as { detail?: string }).detail}</Notice>}
          {chosen ? <JobPanel id={chosen} draft={draft} onLoad={load} onShow={(line, column) => editor.current?.go(line, column)} /> : <p className="small dim">{said.rule}</p>}
        </div>
        <Tabs className="tabs sql-side">
          <TabList aria-label={said.tables}>
            <Tab id="tables" count={tables.length || undefined}>{said.tables}</Tab>
            <Tab id="history">{said.history}</Tab>
          </TabList>
          <TabPanel id="tables"><TableBrowser project={project} onInsert={(word) => editor.current?.insert(word)} /></TabPanel>
          <TabPanel id="history"><History project={project} chosen={chosen} onChoose={show} /></TabPanel>
        </Tabs>
      </div>
    </div>
  )
}

/** What was typed stays with this person and project, so that the page can be left and come back to. */
function useDraft(project: string): [string, (draft: string) => void] {
  const { user } = useMe()
  const key = `sekisho.draft.${user.id}.${project}`
  const [draft, keep] = useState(() => localStorage.getItem(key) ?? '')
  return [
    draft,
    (next) => {
      localStorage.setItem(key, next)
      keep(next)
    },
  ]
}
