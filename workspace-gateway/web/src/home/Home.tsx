import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { ask } from '../api/client.ts'
import { has, useMe } from '../api/session.ts'
import { AlertLines, urgent } from '../alerts/lines.tsx'
import { useAlerts } from '../alerts/queries.ts'
import type { Alert, Application, LogPage, Output, Page, Project } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { ApplicationLines } from '../applications/lines.tsx'
import { InputLines } from '../ingress/lines.tsx'
import { useInputs } from '../ingress/queries.ts'
import { Empty, Head, LinkButton, Notice, useNow, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { Entries } from '../log/Entries.tsx'
import { useLog } from '../log/queries.ts'
import { OutputLines } from '../outputs/lines.tsx'
import { downloadable } from '../outputs/closed.ts'
import { useOutputs } from '../outputs/queries.ts'
import { ProjectLines } from '../projects/lines.tsx'
import { useOwnProjects, useProjects } from '../projects/queries.ts'
import { waitsForDecision } from '../projects/standing.ts'
import { waitsForMe } from '../review/turn.ts'
import { useWorkspaces } from '../workspaces/queries.ts'
import { roles } from '../app/texts.ts'
import { Waiting } from '../people/Waiting.tsx'
import { texts } from './texts.ts'

export default function Home() {
  const said = usePhrases(texts)
  const me = useMe()
  const roleNames = usePhrases(roles)
  const works = has(me, 'researcher', 'analyst')
  const checks = has(me, 'checker')
  const guards = has(me, 'security')
  const decides = has(me, 'reviewer')
  const accepts = has(me, 'steward')
  const visits = has(me, 'researcher')
  const outputs = useOutputs({}, works || checks)
  const projects = useOwnProjects(works)
  const overseen = useProjects(guards || decides)
  const toClose = overseen.data?.items.filter((project) => waitsForDecision(project, me)) ?? []
  const log = useLog({}, guards)
  const applications = useQuery({ queryKey: ['applications'], queryFn: () => ask<Page<Application>>('/api/applications'), enabled: decides })
  const inputs = useInputs({ state: 'waiting' }, accepts)
  const workspaces = useWorkspaces(visits)
  const alerts = useAlerts('open', guards)
  const waitingAlerts = alerts.data?.pages.flatMap(({ items }) => items) ?? []
  useTitle(said.title)
  const mine = outputs.data?.items ?? []
  const queue = mine.filter((output) => waitsForMe(output, me.user))
  const open = applications.data?.items.filter(({ state }) => state === 'submitted') ?? []
  const sentence = useSentence({ works, checks, guards, outputs: mine, projects: projects.data?.items, queue, log: log.data?.pages[0], alerts: alerts.data ? waitingAlerts : undefined, applications: open, closings: toClose.length, inputs: inputs.data?.items.length ?? 0, desktops: workspaces.data?.items.filter(({ state }) => state !== 'ended').length ?? 0 })

  return (
    <div className="page">
      <Head title={said.hello(me.user.displayName || me.user.name)} lede={sentence}>
        {visits && <LinkButton to="/workspaces" icon="desktop">{said.desktop}</LinkButton>}
        {works && <LinkButton to="/sql" look="primary" icon="sql">{said.write}</LinkButton>}
      </Head>
      {checks && (
        <Card title={said.queue} all="/review">
          <Loaded from={outputs} bones={4}>
            {() => (queue.length ? <OutputLines outputs={queue.slice(0, 6)} base="/review" /> : <Empty icon="scale" title={said.noQueue}>{said.noQueueHint}</Empty>)}
          </Loaded>
        </Card>
      )}
      {works && (
        <>
          <Card title={said.recent} all="/outputs">
            <Loaded from={outputs} bones={4}>
              {() => (mine.length ? <OutputLines outputs={mine.slice(0, 5)} base="/outputs" /> : <Empty icon="box" title={said.noOutputs} act={<LinkButton to="/sql">{said.write}</LinkButton>}>{said.noOutputsHint}</Empty>)}
            </Loaded>
          </Card>
          <Card title={said.projects} all="/projects">
            <Loaded from={projects} bones={3}>{({ items }) => <ProjectLines projects={items} />}</Loaded>
          </Card>
        </>
      )}
      {accepts && (
        <Card title={said.toAccept} all="/inputs">
          <Loaded from={inputs} bones={3}>
            {({ items }) => (items.length ? <InputLines inputs={items.slice(0, 6)} /> : <Empty icon="check" title={said.noInputs}>{said.noInputsHint}</Empty>)}
          </Loaded>
        </Card>
      )}
      {decides && (
        <Card title={said.toDecide} all="/applications">
          <Loaded from={applications} bones={3}>{() => <ApplicationLines applications={open} />}</Loaded>
        </Card>
      )}
      {toClose.length > 0 && <Card title={said.toClose} all="/projects"><ProjectLines projects={toClose} /></Card>}
      {guards && waitingAlerts.length > 0 && (
        <Card title={said.alerts} all="/alerts"><AlertLines alerts={urgent(waitingAlerts).slice(0, 5)} /></Card>
      )}
      {guards && (
        <Card title={said.latest} all="/log">
          <Loaded from={log} bones={5}>{({ pages }) => <Entries entries={pages[0]?.items.slice(0, 8) ?? []} />}</Loaded>
        </Card>
      )}
      {me.lapsed?.map((role) => <Notice key={role} tone="amber" icon="warn" title={said.lapsedTitle(roleNames[role])}>{said.lapsed}</Notice>)}
      {guards && <Waiting />}
      {has(me, 'admin') && <Waiting always />}
      {!works && !checks && !guards && !decides && !accepts && !has(me, 'admin') && (
        <div className="card">
          <Empty icon="gate" title={said.nothing} act={<><LinkButton to="/catalogue">{said.catalogue}</LinkButton><LinkButton to="/register">{said.register}</LinkButton></>}>
            {said.catalogueHint}
          </Empty>
        </div>
      )}
    </div>
  )
}

function Card({ title, all, children }: { title: string; all: string; children: React.ReactNode }) {
  const said = usePhrases(texts)
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
        <Link href={all} className="small" aria-label={`${said.all}: ${title}`}>{said.all}</Link>
      </header>
      {children}
    </section>
  )
}

type Known = { works: boolean; checks: boolean; guards: boolean; outputs: Output[]; projects: Project[] | undefined; queue: Output[]; log: LogPage | undefined; alerts: Alert[] | undefined; applications: Application[]; closings: number; inputs: number; desktops: number }

/** One sentence at the top answers the page's question: what waits for me? */
function useSentence({ works, checks, guards, outputs, projects, queue, log, alerts, applications, closings, inputs, desktops }: Known): string {
  const said = usePhrases(texts)
  const format = useFormat()
  const now = useNow()
  const parts: string[] = []
  const oldest = queue.map((output) => output.held ?? output.submitted ?? output.created ?? '').filter(Boolean).sort()[0]
  if (checks && queue.length) parts.push(said.waiting(queue.length, oldest ? format.moment(oldest, now) : '–'))
  if (works) {
    const held = outputs.filter(({ state }) => state === 'held' || state === 'checking').length
    const released = downloadable(outputs, projects).length
    if (held) parts.push(said.held(held))
    if (released) parts.push(said.released(released))
  }
  if (desktops) parts.push(said.open(desktops))
  if (inputs) parts.push(said.inputs(inputs))
  if (applications.length) parts.push(said.applications(applications.length))
  if (closings) parts.push(said.closings(closings))
  if (guards && alerts) parts.push(alerts.length ? said.alertsWait(alerts.length) : said.noAlerts)
  if (guards && log?.verified) parts.push(log.verified.holds ? said.verified(format.number(log.verified.upTo)) : said.broken)
  return parts.join(' ') || said.nothing
}
