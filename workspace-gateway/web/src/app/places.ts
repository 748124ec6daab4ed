import { has } from '../api/session.ts'
import type { Role, Session } from '../api/types.ts'
import type { IconName } from '../kit/Icon.tsx'
import type { Destination } from './keyboard.ts'

type Place = { id: Destination; path: string; icon: IconName; roles?: Role[]; overseers?: Role[]; public?: true }

export const places: Place[] = [
  { id: 'home', path: '/', icon: 'home' },
  { id: 'review', path: '/review', icon: 'scale', roles: ['checker'] },
  { id: 'alerts', path: '/alerts', icon: 'bell', roles: ['security'] },
  { id: 'log', path: '/log', icon: 'log', roles: ['security'] },
  { id: 'sessions', path: '/sessions', icon: 'people', roles: ['security'] },
  { id: 'recordings', path: '/recordings', icon: 'record', roles: ['security'] },
  { id: 'usage', path: '/usage', icon: 'chart', roles: ['security', 'admin'] },
  { id: 'people', path: '/people', icon: 'people', roles: ['admin', 'security'] },
  { id: 'projects', path: '/projects', icon: 'folder', roles: ['researcher', 'analyst'], overseers: ['reviewer', 'security'] },
  { id: 'sql', path: '/sql', icon: 'sql', roles: ['researcher', 'analyst'] },
  { id: 'notebooks', path: '/notebooks', icon: 'book', roles: ['researcher', 'analyst'] },
  { id: 'workspaces', path: '/workspaces', icon: 'desktop', roles: ['researcher'] },
  { id: 'outputs', path: '/outputs', icon: 'box', roles: ['researcher', 'analyst'] },
  { id: 'inputs', path: '/inputs', icon: 'upload', roles: ['researcher', 'analyst', 'steward'] },
  { id: 'applications', path: '/applications', icon: 'form', roles: ['researcher', 'reviewer'] },
  { id: 'catalogue', path: '/catalogue', icon: 'book', public: true },
  { id: 'register', path: '/register', icon: 'globe', public: true },
]

/** What this person has any business with; the gateway decides again, on every call. Overseers go where the gateway has something to show them. */
export function placesFor(session: Session | null | undefined, oversees = false): Place[] {
  const opens = ({ roles, overseers }: Place) => !roles || has(session, ...roles) || (oversees && !!overseers && has(session, ...overseers))
  return places.filter((place) => place.public || (session && opens(place)))
}

/** Only paths of our own: a link to elsewhere never becomes a place to return to. */
export function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') && !next.startsWith('/signin') ? next : '/'
}
