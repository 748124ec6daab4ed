import type { Alert } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Chip, Time } from '../kit/kit.tsx'
import type { Tone } from '../kit/states.ts'
import type { IconName } from '../kit/Icon.tsx'
import { texts } from './texts.ts'

const looks: Record<Alert['severity'], { tone: Tone; icon: IconName }> = {
  critical: { tone: 'red', icon: 'bell' },
  warning: { tone: 'amber', icon: 'warn' },
  notice: { tone: 'grey', icon: 'info' },
}
/** Whoever is refused under a name that nobody has. */
const stranger = '(stranger)'
const order: Alert['severity'][] = ['critical', 'warning', 'notice']

/** The most urgent first; among equals, the newest. */
export function urgent(alerts: Alert[]): Alert[] {
  return alerts.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity) || other.last.localeCompare(one.last))
}

const pastWords = { critical: 'pastCritical', warning: 'pastWarning', notice: 'pastNotice' } as const

/** @param past whether somebody has answered, so that nothing is due any more */
export function SeverityChip({ of, past }: { of: Alert['severity']; past?: boolean }) {
  const said = usePhrases(texts)
  return past ? <Chip tone="grey">{said[pastWords[of]]}</Chip> : <Chip tone={looks[of].tone} icon={looks[of].icon}>{said[of]}</Chip>
}

/** The log from the day on which it began, of whom it is about. */
export function entriesOf({ about, subject, first }: Alert): string {
  const day = new Date(first)
  const from = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`
  const whom: Record<string, string> = about === 'person' ? { actor: subject! } : about === 'project' ? { project: subject! } : {}
  return `/log?${new URLSearchParams({ ...whom, from })}`
}

export function Facts({ alert }: { alert: Alert }) {
  const said = usePhrases(texts)
  const format = useFormat()
  return (
    <span className="under">
      {alert.subject && (alert.subject === stranger ? <span>{said.stranger}</span> : <code>{alert.subject}</code>)}
      {alert.count > 1 && <span>{said.times(format.number(alert.count))}</span>}
      <span>{said.since} <Time at={alert.first} /></span>
      {alert.last !== alert.first && <span>{said.last} <Time at={alert.last} /></span>}
    </span>
  )
}

/** A few alerts, each in two lines, for a page that is about more. */
export function AlertLines({ alerts }: { alerts: Alert[] }) {
  const text = useText()
  return (
    <ul className="rows two">
      {alerts.map((alert) => (
        <li key={alert.id}>
          <div className="line">
            <span className="title">{text(alert.title)}</span>
            <SeverityChip of={alert.severity} />
            <Facts alert={alert} />
          </div>
        </li>
      ))}
    </ul>
  )
}
