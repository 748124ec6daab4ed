import { Link } from 'wouter'
import { usePhrases, useText } from '../i18n/language.tsx'
import { details } from './texts.ts'
import { valueWords } from './values.ts'

/** The members of an entry's detail as pairs of a list; the names and codes that stand in the log are on hover. On the page of a session it is not named again. */
export function DetailFacts({ detail, of }: { detail: Record<string, string> | undefined; of?: string }) {
  const said = usePhrases(details) as Record<string, string>
  const text = useText()
  const shown = (key: string, value: string) => {
    const words = valueWords(key, value)
    return words ? <dd className="small" title={value}>{text(words)}</dd> : <dd className="mono small">{key === 'session' ? <Link href={`/log/of/${encodeURIComponent(value)}`}>{value}</Link> : value}</dd>
  }
  return Object.entries(detail ?? {}).filter(([key, value]) => value !== '' && (key !== 'session' || value !== of)).map(([key, value]) => (
    <div key={key}>
      <dt title={key}>{said[key] ?? key}</dt>
      {shown(key, value)}
    </div>
  ))
}
