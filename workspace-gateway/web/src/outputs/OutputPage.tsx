import { Link } from 'wouter'
import { useMe } from '../api/session.ts'
import type { Output } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Head, Id, Notice, StateChip, Time, useName, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { looks } from '../kit/states.ts'
import { needed } from '../review/turn.ts'
import { SqlText } from '../sql/SqlText.tsx'
import { Events } from './Events.tsx'
import { Files } from './Files.tsx'
import { Findings } from './Findings.tsx'
import { LifeLine } from './LifeLine.tsx'
import { useProjectTitle, useTitleOf } from './lines.tsx'
import { useProject } from '../projects/queries.ts'
import { useFollow, useOutput } from './queries.ts'
import { texts } from './texts.ts'
import { useJob } from '../sql/queries.ts'
import { Withdraw } from './Withdraw.tsx'
import './outputs.css'

export default function OutputPage({ id }: { id: string }) {
  const output = useOutput(id)
  return <Loaded from={output}>{(found) => <Found output={found} />}</Loaded>
}

function Found({ output }: { output: Output }) {
  const said = usePhrases(texts)
  const title = useTitleOf()
  const project = useProjectTitle()
  const name = useName()
  const { user } = useMe()
  const job = useJob(output.job ?? undefined).data
  const author = name(output.author)
  const mine = !author || [user.name, user.id, user.displayName].includes(author)
  const open = output.state === 'held' || output.state === 'checking'
  const sql = output.sql ?? job?.sql
  const over = useProject(output.project).data?.state === 'closed'
  useTitle(title(output))
  useFollow(output)
  return (
    <div className="page">
      <Head
        title={title(output)}
        crumbs={<><Link href="/outputs">{said.title}</Link><span aria-hidden="true">/</span><Link href={`/projects/${output.project}`}>{project(output)}</Link><StateChip state={output.state} /></>}
      >
        {mine && open && !over && <Withdraw id={output.id} />}
      </Head>
      <LifeLine output={output} />
      {over ? <Notice icon="minus" role="status" title={said.projectClosed}><p>{output.state === 'released' ? said.nowClosedReleased : said.nowClosed}</p></Notice> : <Notice tone={looks[output.state].tone} icon={looks[output.state].icon} role="status"><Now output={output} /></Notice>}
      <div className="columns">
        <div className="stack">
          <Files output={output} destroyed={over} />
          {!over && <Findings findings={output.findings ?? []} checking={output.state === 'checking'} />}
          {output.context && <section className="card"><header><h2>{said.context}</h2></header><p className="body">{output.context}</p></section>}
          {sql && <SqlText sql={sql} title={said.sql} edit={over ? undefined : `/projects/${output.project}/sql?job=${output.job}`} />}
        </div>
        <aside className="stack">
          <dl className="facts aside">
            {output.verdict && (<><dt>{said.verdict}</dt><dd>{said[output.verdict]}</dd></>)}
            {output.rules && (<><dt>{said.rules}</dt><dd><code>{output.rules}</code></dd></>)}
            {author && (<><dt>{said.author}</dt><dd>{author}</dd></>)}
            <dt>ID</dt><dd><Id of={output.id} /></dd>
          </dl>
          <Events output={output} />
        </aside>
      </div>
    </div>
  )
}

function Now({ output }: { output: Output }) {
  const said = usePhrases(texts)
  switch (output.state) {
    case 'checking': return <p>{said.nowChecking}</p>
    case 'held': return <p>{said.nowHeld(needed(output))}</p>
    case 'released': return <p>{isAmended(output) ? said.nowReleasedAmended : said.nowReleased} <Time at={releasedAt(output)} /></p>
    case 'returned': return <p>{said.nowReturned}</p>
    case 'refused': return <p>{said.nowRefused}</p>
    case 'withdrawn': return <p>{said.nowWithdrawn}</p>
  }
}

function isAmended({ release, reviews }: Output): boolean {
  return release?.amended ?? (release?.decision === 'release-amended' || reviews.some(({ decision }) => decision === 'release-amended'))
}

function releasedAt({ release, decided, ended }: Output): string | undefined {
  return release?.at ?? release?.released ?? decided ?? ended
}
