import { type ReactNode, useEffect, useState } from 'react'
import { Button as AriaButton, type ButtonProps, Tab as AriaTab } from 'react-aria-components'
import { Link } from 'wouter'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import type { Named } from '../api/types.ts'
import { Icon, type IconName } from './Icon.tsx'
import { isState, looks, type Tone, words } from './states.ts'
import { texts } from './texts.ts'

type Look = 'primary' | 'danger' | 'quiet'
const classes = (look?: Look, small?: boolean) => ['button', look, small && 'small'].filter(Boolean).join(' ')

type ButtonLook = { look?: Look; small?: boolean; icon?: IconName; children?: ReactNode }

/** While an act is under way the button keeps its focus and does nothing. */
export function Button({ look, small, icon, children, isPending, onPress, type, ...rest }: Omit<ButtonProps, 'className' | 'children'> & ButtonLook) {
  return (
    <AriaButton {...rest} type={isPending ? 'button' : type} onPress={isPending ? undefined : onPress} className={`${classes(look, small)} ${isPending ? 'pending' : ''}`}>
      {isPending ? <Icon name="turn" className="turning" /> : icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  )
}

export function LinkButton({ to, look, small, icon, children }: { to: string; look?: Look; small?: boolean; icon?: IconName; children: ReactNode }) {
  return (
    <Link href={to} className={classes(look, small)}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}

export function StateChip({ state }: { state: string }) {
  const said = usePhrases(words)
  const known = state.toLowerCase()
  if (!isState(known)) return <Chip>{state}</Chip>
  const look = looks[known]
  return (
    <span className={`chip ${look.tone}`} data-state={known}>
      <Icon name={look.icon} size={13} className={look.turning && 'turning'} />
      {said[known]}
    </span>
  )
}

export function Chip({ tone = 'grey', icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={`chip ${tone} ${icon ? '' : 'plain'}`}>
      {icon && <Icon name={icon} size={13} />}
      {children}
    </span>
  )
}

/** A clock that ticks slowly: relative times stay true while a page stands open. */
export function useNow(every = 30_000): Date {
  const [now, tick] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => tick(new Date()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}

/** Local time; the exact instant, in UTC, on hover. */
export function Time({ at, style = 'moment' }: { at: string | null | undefined; style?: 'moment' | 'ago' | 'date' | 'exact' }) {
  const format = useFormat()
  const now = useNow()
  if (!at) return <span className="dim">–</span>
  const shown = style === 'ago' ? format.ago(at, now) : style === 'date' ? format.date(at) : style === 'exact' ? format.exact(at) : format.moment(at, now)
  return (
    <time dateTime={at} title={at} className="nowrap">
      {shown}
    </time>
  )
}

export function Id({ of, short = 8 }: { of: string; short?: number }) {
  const said = usePhrases(texts)
  const [copied, mark] = useState(false)
  const shown = of.length > short + 3 ? `${of.slice(0, short)}…` : of
  return (
    <span className="id" title={of}>
      {shown}
      <button
        type="button"
        aria-label={`${copied ? said.copied : said.copy}: ${of}`}
        onClick={() => {
          void navigator.clipboard?.writeText(of).then(() => mark(true))
          setTimeout(() => mark(false), 1500)
        }}
      >
        <Icon name={copied ? 'check' : 'copy'} size={13} />
      </button>
    </span>
  )
}

export function Notice({ tone = 'grey', icon = 'info', title, children, role }: { tone?: Tone; icon?: IconName; title?: ReactNode; children?: ReactNode; role?: 'alert' | 'status' }) {
  return (
    <div className={`notice ${tone}`} role={role}>
      <Icon name={icon} />
      <div className="body">
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  )
}

export function Empty({ icon, title, children, act }: { icon: IconName; title: string; children?: ReactNode; act?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} size={40} className="picture" />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {act && <div className="row">{act}</div>}
    </div>
  )
}

export function Head({ title, lede, crumbs, children }: { title: ReactNode; lede?: ReactNode; crumbs?: ReactNode; children?: ReactNode }) {
  return (
    <header className="head">
      <div>
        {crumbs && <nav className="crumbs">{crumbs}</nav>}
        <h1>{title}</h1>
        {lede && <p className="lede">{lede}</p>}
      </div>
      {children && <div className="row">{children}</div>}
    </header>
  )
}

/** The page's name in the window's title, for people with many tabs. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Sekisho` : 'Sekisho'
  }, [title])
}

export function useName(): (person: Named | undefined) => string {
  return (person) => (person == null ? '' : typeof person === 'string' ? person : person.displayName || person.name || person.id || '')
}

export function Said({ text }: { text: Parameters<ReturnType<typeof useText>>[0] }) {
  return <>{useText()(text)}</>
}

/** A tab that is also legible to a screen reader as a count. */
export function Tab({ id, children, count }: { id: string; children: ReactNode; count?: number }) {
  return (
    <AriaTab id={id}>
      {children}
      {count !== undefined && <span className="dim"> {count}</span>}
    </AriaTab>
  )
}
