import { useQuery } from '@tanstack/react-query'
import { usePhrases } from '../i18n/language.tsx'
import { Empty } from '../kit/kit.tsx'
import { useProjects } from '../projects/queries.ts'
import { accounts, type LogFilter } from './queries.ts'
import { actions, texts } from './texts.ts'

/** Why no entry matches: a name that nothing has is told from one of which the log has nothing. */
export function Nothing({ filter: { actor, project, action } }: { filter: LogFilter }) {
  const said = usePhrases(texts)
  const people = useQuery({ ...accounts, enabled: !!actor }).data?.items
  const projects = useProjects(!!project).data?.items
  const unknown = [
    actor && people?.every(({ name }) => name !== actor) && said.noAccount(actor),
    project && projects?.every(({ id }) => id !== project) && said.noProject(project),
    action && !(action in actions) && said.noAction(action),
  ].filter((one) => typeof one === 'string' && one)
  return <Empty icon="log" title={said.none}>{unknown.length ? unknown.map((one) => <span className="whole-line" key={one as string}>{one}</span>) : said.noneHint}</Empty>
}
