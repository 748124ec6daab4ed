import { usePhrases } from '../i18n/language.tsx'
import { StateChip, Time } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { useJobs } from './queries.ts'
import { texts } from './texts.ts'

export function History({ project, chosen, onChoose }: { project: string; chosen?: string; onChoose(id: string): void }) {
  const said = usePhrases(texts)
  const jobs = useJobs(project)
  return (
    <Loaded from={jobs} bones={4}>
      {({ items }) =>
        items.length === 0 ? <p className="small dim">{said.noHistory}</p> : (
          <ul className="history">
            {items.map((job) => (
              <li key={job.id}>
                <button type="button" onClick={() => onChoose(job.id)} aria-current={job.id === chosen || undefined}>
                  <span className="row between"><StateChip state={job.state} /><span className="small dim"><Time at={job.queued} /></span></span>
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
