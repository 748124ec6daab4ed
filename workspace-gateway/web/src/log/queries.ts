import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, call, download, query } from '../api/client.ts'
import type { LiveSession, LogPage, Page, Person, Project } from '../api/types.ts'

export type LogFilter = { actor?: string; project?: string; action?: string; object?: string; from?: string; to?: string; looks?: 'too' }

/** What the standalone verifier takes: the entry, its path to the root, the signed checkpoint, and who stands behind its references. */
export const downloadProof = (entry: number) => download(`/api/audit/proof/${entry}?format=tlog-proof&named=true`, `entry-${entry}.tlog-proof`)

/** Newest first; from one entry down where one is named, whatever it is. */
export function useLog(filter: LogFilter, enabled = true, entry?: number) {
  return useInfiniteQuery({
    queryKey: ['log', filter, entry],
    queryFn: ({ pageParam }) => ask<LogPage>(`/api/audit${query({ ...asked(entry === undefined ? filter : { ...filter, looks: 'too' }), limit: 200, cursor: pageParam })}`),
    initialPageParam: entry === undefined ? '' : String(entry + 1), // a cursor is the index that a page ends before
    getNextPageParam: (last) => last.next ?? undefined,
    enabled,
    staleTime: 10_000,
    refetchOnWindowFocus: false, // reading the log is itself an entry
  })
}

/** The action that a reader means: its code, or the words that the page shows for it. */
export function actionCalled(given: string | undefined, words: Record<string, string>): string | undefined {
  const meant = given?.toLowerCase()
  return Object.entries(words).find(([code, label]) => code === meant || label.toLowerCase() === meant)?.[0] ?? given
}

/** Whom a reader means: the name of an account in any case, or the name that the pages show for it. */
export function accountCalled(given: string | undefined, people: Pick<Person, 'name' | 'displayName'>[]): string | undefined {
  const meant = given?.toLowerCase()
  const account = people.find(({ name }) => name.toLowerCase() === meant) ?? only(people.filter(({ displayName }) => displayName.toLowerCase() === meant))
  return account?.name ?? given
}

/** Which project a reader means: its id in any case, or its title in one of the languages. */
export function projectCalled(given: string | undefined, projects: Pick<Project, 'id' | 'title'>[]): string | undefined {
  const meant = given?.toLowerCase()
  const titles = ({ title }: Pick<Project, 'title'>) => (typeof title === 'string' ? [title] : [title.ja, title.en])
  const project = projects.find(({ id }) => id.toLowerCase() === meant) ?? only(projects.filter((one) => titles(one).some((title) => title?.toLowerCase() === meant)))
  return project?.id ?? given
}

/** Two people may bear one name: then neither is guessed. */
const only = <T>(found: T[]): T | undefined => (found.length === 1 ? found[0] : undefined)

/** Nothing lies from a day to one before it. */
export const turned = ({ from, to }: LogFilter): boolean => !!from && !!to && from > to

/** Listing people is itself an entry: asked for when somebody is about to name one, and kept a while. */
export const accounts = { queryKey: ['people'], queryFn: () => ask<Page<Person>>('/api/accounts'), staleTime: 300_000, refetchOnWindowFocus: false }

/** The entry that an address names, by its number in the log. */
export function entryOf(search: string): number | undefined {
  const named = new URLSearchParams(search).get('entry') ?? ''
  return /^\d{1,14}$/.test(named) ? Number(named) : undefined
}

const fields = ['actor', 'project', 'action', 'object', 'from', 'to', 'looks'] as const

export function filterOf(search: string): LogFilter {
  const named = new URLSearchParams(search)
  return Object.fromEntries(fields.flatMap((field) => (named.get(field) ? [[field, named.get(field)]] : []))) as LogFilter
}

/** Where the log is shown so narrowed and, if one is named, with that entry opened: the same for the same, in whatever order it was given. */
export function address(filter: LogFilter, entry?: number): string {
  const given = [...fields.map((field) => [field, filter[field]]), ['entry', entry?.toString()]].filter((pair): pair is [string, string] => !!pair[1])
  return `/log${given.length ? `?${new URLSearchParams(given)}` : ''}`
}

/** What the gateway is asked. Days are as the reader's calendar has them, the last one included; looks are left out where nobody asked for them, by name or as such. */
export function asked({ from, to, looks, ...rest }: LogFilter): Omit<LogFilter, 'looks'> & { looks?: 'false' } {
  return { ...rest, from: from && startOf(from, 0), to: to && startOf(to, 1), ...(!looks && !rest.action && { looks: 'false' }) }
}

function startOf(day: string, later: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return new Date(year, month - 1, date + later).toISOString()
}

/** How many entries the newest signed checkpoint covers: the second line of its note. */
export function useSigned() {
  return useQuery({ queryKey: ['checkpoint'], queryFn: async () => Number((await (await call('/api/audit/checkpoint', { accept: 'text/plain' })).text()).split('\n')[1]), staleTime: 10_000 })
}

export function useLiveSessions() {
  return useQuery({ queryKey: ['sessions'], queryFn: () => ask<Page<LiveSession>>('/api/sessions'), refetchInterval: 15_000 })
}

export function useEndSession() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => ask(`/api/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  })
}
