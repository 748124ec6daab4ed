import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useMe } from '../api/session.ts'
import type { ImageState, Progress, Project, Workspace } from '../api/types.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Chip, Empty, Head, LinkButton, Notice, StateChip, Time, useNow, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { Track } from '../kit/Track.tsx'
import { isOver, usePermit, useOwnProjects } from '../projects/queries.ts'
import { useEnd, useImages, useOpen, useProjectImages, useWorkspaces } from './queries.ts'
import { chip, obstacle, ofProject } from './states.ts'
import { endings, texts } from './texts.ts'
import './workspaces.css'

export default function Workspaces() {
  const said = usePhrases(texts)
  const text = useText()
  const { sandbox } = useMe()
  const projects = useOwnProjects()
  const workspaces = useWorkspaces()
  const starting = workspaces.data?.items.some(({ state }) => state === 'starting') ?? false
  const images = useImages(starting).data
  const available = images?.sandbox?.available ?? sandbox?.isolated
  const open = workspaces.data?.items.filter(({ state }) => state !== 'ended').length ?? 0
  useTitle(said.title)
  return (
    <div className="page">
      <Head title={said.title} lede={open ? said.openCount(open) : said.lede} />
      {available === false ? <Notice tone="amber" icon="warn" title={said.noSandbox}>{text(images?.sandbox?.words ?? sandbox?.text)}</Notice> : <Image image={images?.items.find(({ name }) => name === 'desktop')} starting={starting} />}
      {images?.homes?.limited === false && <Notice icon="info">{text(images.homes.words)}</Notice>}
      <Loaded from={projects}>
        {({ items }) =>
          items.length ? (
            <section className="card"><ul className="rows places">{items.map((project) => <One key={project.id} project={project} available={available} workspaces={workspaces.data?.items ?? []} />)}</ul></section>
          ) : <section className="card"><Empty icon="desktop" title={said.none}>{said.noneHint}</Empty></section>
        }
      </Loaded>
    </div>
  )
}

/** The image of desktops, unless it is there: what that means for whoever wants one. */
function Image({ image, starting }: { image: ImageState | undefined; starting: boolean }) {
  const said = usePhrases(texts)
  const text = useText()
  if (image?.state === 'missing' && !starting) return <Notice icon="info">{said.imageMissing}</Notice>
  if (image?.state === 'failed') return <Notice tone="red" icon="warn" title={said.imageFailed}>{text(image.why)}</Notice>
  if (image?.state !== 'building' || starting) return null
  return <section className="card moving"><strong>{said.imageBuilding}</strong><How progress={image.progress} /></section>
}

/** The image that every project has. */
const usual = 'desktop'

/** One project: what runs there, and what can be done about it. */
function One({ project, available, workspaces }: { project: Project; available: boolean | undefined; workspaces: Workspace[] }) {
  const said = usePhrases(texts)
  const ending = usePhrases(endings)
  const text = useText()
  const permit = usePermit(project.id).data
  const now = useNow()
  const { live, last } = ofProject(workspaces, project)
  const inTheWay = permit && obstacle({ over: isOver(permit, now), visiting: permit.visiting, isolated: available })
  const why = last?.ending && last.ending in ending ? ending[last.ending as keyof typeof ending] : undefined
  const name = text(project.title)
  return (
    <li>
      <div className="line" data-project={project.id}>
        <span className="title">{name} {live && <StateChip state={chip(live.state)} />}</span>
        <span className="under">
          {inTheWay ? <span>{said[inTheWay]}</span> : live ? <Running workspace={live} /> : <span>{why ? said.lastEnded(why) : said.ready} {text(last?.problem)}</span>}
          {permit?.visiting && !inTheWay && (
            <>
              {permit.visiting.recorded && <span title={said.recordedWhat}><Chip tone="red" icon="record">{said.recorded}</Chip></span>}
              <Chip>{permit.visiting.clipboardIn ? said.paste : said.noPaste}</Chip>
            </>
          )}
        </span>
        {permit && <Acts project={project} name={name} live={live} closed={!!inTheWay} />}
        {live?.state === 'starting' && <div className="across"><How progress={live.progress} /></div>}
      </div>
    </li>
  )
}

function Running({ workspace }: { workspace: Workspace }) {
  const said = usePhrases(texts)
  return (
    <>
      <span>{said.since} <Time at={workspace.since} /></span>
      {workspace.image !== usual && <span>{said.image} <code>{workspace.image}</code></span>}
      {workspace.expires && <span>{said.until} <Time at={workspace.expires} style="date" /></span>}
    </>
  )
}

function Acts({ project, name, live, closed }: { project: Project; name: string; live: Workspace | undefined; closed: boolean }) {
  const said = usePhrases(texts)
  const open = useOpen(project.id)
  const end = useEnd()
  const brought = useProjectImages(project.id, !closed && !live).data?.items.filter(({ desktop }) => desktop) ?? []
  const [image, choose] = useState(usual)
  const chosen = brought.some(({ name }) => name === image) ? image : usual
  const [, go] = useLocation()
  const wanted = useRef(false)
  useEffect(() => {
    if (wanted.current && live?.state === 'running') go(`/workspaces/${live.id}`)
  }, [live?.state, live?.id, go])
  const problem = open.error ?? end.error
  return (
    <>
      <div className="row acts">
        {live ? (
          <>
            {live.state !== 'starting' && <LinkButton to={`/workspaces/${live.id}`} look="primary" icon="desktop">{said.resume}</LinkButton>}
            <Confirm title={said.endTitle(name)} act={said.end} keep={said.keep} onAct={() => end.mutate(live.id)} trigger={<Button look="danger" icon="stop" aria-label={said.endOf(name)} isPending={end.isPending}>{said.end}</Button>}>{said.endWhat}</Confirm>
          </>
        ) : (
          !closed && (
            <>
              {brought.length > 0 && (
                <select className="input" aria-label={said.imageOf(name)} value={chosen} onChange={(event) => choose(event.target.value)}>
                  <option value={usual}>{said.usualImage}</option>
                  {brought.map((one) => <option key={one.name} value={one.name}>{one.name}</option>)}
                </select>
              )}
              <Button look="primary" icon="play" aria-label={said.startOf(name)} isPending={open.isPending} onPress={() => { wanted.current = true; open.mutate(chosen) }}>{said.start}</Button>
            </>
          )
        )}
      </div>
      {problem && <div className="across"><Notice tone="red" icon="warn" role="alert" title={problem.message}>{(problem as { detail?: string }).detail}</Notice></div>}
    </>
  )
}

/** What it waits for, and how far that is. */
function How({ progress }: { progress: Progress | null | undefined }) {
  const said = usePhrases(texts)
  const text = useText()
  const percent = progress?.percent ?? undefined
  return (
    <div className="stack tight">
      <p className="small soft">{text(progress?.words) || said.starting} {percent !== undefined && <span className="dim">{said.percent(Math.round(percent))}</span>}</p>
      <Track part={percent === undefined ? undefined : percent / 100} label={text(progress?.words) || said.starting} />
      <p className="small dim">{said.mayLeave}</p>
    </div>
  )
}
