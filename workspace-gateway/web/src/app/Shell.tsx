import { onlineManager, useIsFetching } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Link, useLocation } from 'wouter'
import { useInstance, useSignOut } from '../api/session.ts'
import type { Role, Session } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Button, Chip, LinkButton } from '../kit/kit.tsx'
import { Help } from './Help.tsx'
import { useKeyboard, useKeys } from './keys.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { Palette } from './Palette.tsx'
import { places } from './places.ts'
import { roles, texts } from './texts.ts'
import { usePlaces } from './usePlaces.ts'
import './shell.css'

type Props = { session: Session | null; onLeave(): void; children: ReactNode }

export function Shell({ session, onLeave, children }: Props) {
  const said = usePhrases(texts)
  const [path, go] = useLocation()
  const [palette, showPalette] = useState(false)
  const [help, showHelp] = useState(false)
  const [menu, showMenu] = useState(false)
  const main = useRef<HTMLElement>(null)
  const online = useSyncExternalStore((tell) => onlineManager.subscribe(tell), () => onlineManager.isOnline())
  const instance = useInstance().data
  const sandbox = session?.sandbox ?? instance?.sandbox
  const mine = usePlaces(session)
  const alone = path === '/signin' || path === '/invitation'

  useKeyboard((to) => {
    const place = mine.find(({ id }) => id === to)
    if (place) go(place.path)
  }, () => showPalette(true))
  useKeys({ '?': () => showHelp(true), '/': () => showPalette(true) })
  useEffect(() => {
    showMenu(false)
    window.scrollTo(0, 0)
  }, [path])

  return (
    <div className={`shell ${alone ? 'alone' : ''}`}>
      <a className="skip" href="#content" onClick={(event) => { event.preventDefault(); main.current?.focus() }}>{said.skip}</a>
      <header className="bar">
        <Link href="/" className="brand" aria-label="Sekisho">
          <Mark />
          <span>Sekisho</span>
          <span className="kanji" aria-hidden="true">関所</span>
        </Link>
        <Fetching />
        <div className="bar-end">
          {!alone && <Button look="quiet" small aria-label={said.palette} onPress={() => showPalette(true)} icon="search"><kbd className="wide-only">Ctrl K</kbd></Button>}
          <span className="narrow-only-off"><LanguageSwitch /></span>
          {!session && !alone && <LinkButton to="/signin" small look="primary">{said.signIn}</LinkButton>}
          {!alone && <span className="menu-button"><Button look="quiet" small aria-label={said.menu} aria-expanded={menu} onPress={() => showMenu(!menu)} icon={menu ? 'cross' : 'menu'} /></span>}
        </div>
      </header>
      {!alone && (
        <div className={`side ${menu ? 'open' : ''}`}>
          <nav aria-label={said.nav}>
            <ul>
              {mine.map(({ id, path: to, icon }) => (
                <li key={id}>
                  <Link href={to} className="place" aria-current={here(path, to) ? 'page' : undefined}>
                    <Icon name={icon} />
                    <span>{said[id]}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <div className="side-end">
            {sandbox && !sandbox.isolated && <Chip tone="amber" icon="warn">{said.noSandbox}</Chip>}
            <span className="narrow-only"><LanguageSwitch /></span>
            {session && <Person session={session} onLeave={onLeave} />}
            <Button look="quiet" small icon="keyboard" onPress={() => showHelp(true)}>{said.keys} <kbd>?</kbd></Button>
          </div>
        </div>
      )}
      <main id="content" ref={main} tabIndex={-1}>
        {!online && <p className="offline" role="status"><Icon name="cloud" />{said.offline}</p>}
        {children}
      </main>
      <Palette open={palette} onOpen={showPalette} session={session} />
      <Help open={help} onOpen={showHelp} places={mine.map(({ id }) => id)} />
    </div>
  )
}

function Person({ session, onLeave }: { session: Session; onLeave(): void }) {
  const said = usePhrases(texts)
  const role = usePhrases(roles)
  const signOut = useSignOut()
  const [, go] = useLocation()
  const { user } = session
  return (
    <div className="person">
      <Link href="/account" className="who" aria-label={`${said.account}: ${user.displayName || user.name}`}>
        <strong>{user.displayName || user.name}</strong>
        <span>{user.roles.map((name) => role[name.toLowerCase() as Role] ?? name).join(' · ')}</span>
      </Link>
      <Button
        look="quiet"
        small
        icon="out"
        aria-label={said.signOut}
        onPress={() => {
          onLeave()
          go('/signin')
          signOut.mutate()
        }}
      />
    </div>
  )
}

function Fetching() {
  const fetching = useIsFetching()
  return <span className={`fetching ${fetching ? 'on' : ''}`} aria-hidden="true" />
}

/** A gate: two posts, two beams, and the one who is let through. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="currentColor" />
      <g fill="none" stroke="var(--mark, #fff)" strokeWidth="2.6" strokeLinecap="round">
        <path d="M6.5 9.5h19M9 14.5h14M10.5 9.5v15M21.5 9.5v15" />
      </g>
      <circle cx="16" cy="20" r="1.9" fill="var(--mark, #fff)" />
    </svg>
  )
}

function here(path: string, to: string): boolean {
  if (to === '/') return path === '/'
  if (to === '/sql') return path === '/sql' || path.endsWith('/sql')
  if (to === '/projects' && path.endsWith('/sql')) return false
  return path === to || path.startsWith(`${to}/`) || (places.some((place) => place.path === to) && path === to)
}
