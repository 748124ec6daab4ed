import { describe, expect, it } from 'vitest'
import type { Output, Project } from '../api/types.ts'
import { downloadable } from './closed.ts'

const output = (id: string, project: string, state: Output['state']): Output => ({ id, project, state, files: [], findings: [], reviews: [] })
const projects: Project[] = [{ id: 'going-on', title: '', state: 'active' }, { id: 'run-out', title: '', state: 'expired' }, { id: 'over', title: '', state: 'closed' }]
const all = [output('a', 'going-on', 'released'), output('b', 'going-on', 'held'), output('c', 'run-out', 'released'), output('d', 'over', 'released')]

describe('what can be downloaded', () => {
  it('is what was released in projects that are not closed', () => expect(downloadable(all, projects).map(({ id }) => id)).toEqual(['a', 'c']))
  it('is nothing while the projects are not known', () => expect(downloadable(all, undefined)).toEqual([]))
})
