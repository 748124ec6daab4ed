import { useFormat, usePhrases } from '../i18n/language.tsx'
import { useNow } from '../kit/kit.tsx'
import { texts } from './texts.ts'

export function TimeLeft({ until }: { until: string }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const now = useNow()
  const days = format.days(until, now)
  return <time dateTime={until} title={format.date(until)}>{days > 0 ? said.left(days) : said.over}</time>
}
