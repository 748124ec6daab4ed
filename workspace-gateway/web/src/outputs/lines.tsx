import { Link } from 'wouter'
import type { Output } from '../api/types.ts'
import { has, useMe } from '../api/session.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Chip, StateChip, Time, useName } from '../kit/kit.tsx'
import { useOwnProjects } from '../projects/queries.ts'
import { closedOnes } from './closed.ts'
import { texts } from './texts.ts'
import './outputs.css'

export function OutputLines({ outputs, base, chosen }: { outputs: Output[]; base: '/outputs' | '/review'; chosen?: string }) {
  const closed = closedOnes(useOwnProjects(has(useMe(), 'researcher', 'analyst')).data?.items)
  return (
    <ul className="rows two">
      {outputs.map((output) => (
        <OutputLine key={output.id} output={output} to={`${base}/${output.id}`} chosen={output.id === chosen} over={closed.has(output.project)} />
      ))}
    </ul>
  )
}

function OutputLine({ output, to, chosen, over }: { output: Output; to: string; chosen: boolean; over: boolean }) {
  const said = usePhrases(texts)
  const title = useTitleOf()
  const project = useProjectTitle()
  const name = useName()
  return (
    <li>
      <Link href={to} className={`line ${chosen ? 'chosen' : ''}`} data-id={output.id}>
        <span className="title">{title(output)}</span>
        <StateChip state={output.state} />
        <span className="under">
          <span>{project(output)}</span>
          {over && <Chip icon="minus">{said.projectClosed}</Chip>}
          {output.author && <span>{name(output.author)}</span>}
          {output.verdict && <span>{said[output.verdict]}</span>}
        </span>
        <span className="under num"><Time at={output.submitted ?? output.created ?? output.held} /></span>
      </Link>
    </li>
  )
}

export function useTitleOf(): (output: Pick<Output, 'id' | 'title'>) => string {
  const said = usePhrases(texts)
  return ({ id, title }) => title || said.untitled(id.slice(-6))
}

export function useProjectTitle(): (output: Pick<Output, 'project' | 'projectTitle'>) => string {
  const text = useText()
  const mine = useMe().projects ?? []
  return ({ project, projectTitle }) => text(projectTitle) || text(mine.find(({ id }) => id === project)?.title) || project
}
