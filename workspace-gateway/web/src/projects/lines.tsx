import { Link } from 'wouter'
import type { Project } from '../api/types.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Chip, StateChip, useName, useNow } from '../kit/kit.tsx'
import { TimeLeft } from './TimeLeft.tsx'
import { standing } from './standing.ts'
import { texts } from './texts.ts'

export function ProjectLines({ projects }: { projects: Project[] }) {
  const said = usePhrases(texts)
  const text = useText()
  const nameOf = useName()
  const now = useNow()
  return (
    <ul className="rows two">
      {projects.map((project) => {
        const permit = project.permit ?? project
        const stands = standing(permit.state ? permit : project, now)
        return (
          <li key={project.id}>
            <Link href={`/projects/${project.id}`} className="line">
              <span className="title">{text(project.title)}</span>
              <StateChip state={stands} />
              <span className="under">
                <code>{project.id}</code>
                {project.closing?.state === 'proposed' && <Chip tone="amber" icon="clock">{said.closingProposed(nameOf(project.closing.by))}</Chip>}
                {permit.rules && <span>{permit.rules}</span>}
                {permit.reviews !== undefined && <span>{said.reviewCount(permit.reviews)}</span>}
              </span>
              <span className="under num">{stands !== 'closed' && permit.expires && <TimeLeft until={permit.expires} />}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
