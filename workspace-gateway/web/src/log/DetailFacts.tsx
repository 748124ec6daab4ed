import { Link } from 'wouter'
import { usePhrases } from '../i18n/language.tsx'
import { details } from './texts.ts'

/** The members of an entry's detail as pairs of a list; the name that stands in the log is on hover. On the page of a session it is not named again. */
export function DetailFacts({ detail, of }: { detail: Record<string, string> | undefined; of?: string }) {
  const said = usePhrases(details) as Record<string, string>
  return Object.entries(detail ?? {}).filter(([key, value]) => value !== '' && (key !== 'session' || value !== of)).map(([key, value]) => (
    <div key={key}>
      <dt title={key}>{said[key] ?? key}</dt>
      <dd className="mono small">{key === 'session' ? <Link href={`/log/of/${encodeURIComponent(value)}`}>{value}</Link> : value}</dd>
    </div>
  ))
}
