import type { Job } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { StateChip, Time } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { useOutputs } from '../outputs/queries.ts'
import { useJobs } from './queries.ts'
import { texts } from './texts.ts'

/** What was run here before. A job that was held goes on as its output, and shows the state of that. */
export function History({ project, chosen, onChoose }: { project: string; chosen?: string; onChoose(id: string): void }) {
  const said = usePhrases(texts)
  const jobs = useJobs(project)
  const outputs = useOutputs({ project }).data?.items ?? []
  const state = (job: Job) => outputs.find(({ id }) => id === job.output)?.state ?? job.state
  return (
    <Loaded from={jobs} bones={4}>
      {({ items }) =>
        items.length === 0 ? <p className="small dim">{said.noHistory}</p> : (
          <ul className="history">
            {items.map((job) => (
              <li key={job.id}>
                <button type="button" onClick={() => onChoose(job.id)} aria-current={job.id === chosen || undefined}>
                  <span className="row between"><StateChip state={state(job)} /><span className="small dim"><Time at={job.queued} /></span></span>
                  <span className="excerpt">{job.title || job.sql || job.id}</span>
                </button>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
