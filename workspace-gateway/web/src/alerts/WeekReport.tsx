import { useMutation } from '@tanstack/react-query'
import { download, query } from '../api/client.ts'
import { useSpoken, usePhrases } from '../i18n/language.tsx'
import { Button, Notice } from '../kit/kit.tsx'
import { texts } from './texts.ts'
import { monday } from './week.ts'

/** The week on paper, for whoever was not here: the last whole one, or this one up to now. */
export function WeekReport() {
  const said = usePhrases(texts)
  const { language } = useSpoken()
  const made = useMutation({
    mutationFn: (from: string) => download(`/api/reports/weekly${query({ from, lang: language })}`, `sekisho-week-${from}-${language}.pdf`),
  })
  return (
    <div className="stack">
      <div className="row" role="group" aria-label={said.report}>
        <Button small icon="download" isPending={made.isPending} onPress={() => made.mutate(monday(1))}>{said.lastWeek}</Button>
        <Button small isPending={made.isPending} onPress={() => made.mutate(monday(0))}>{said.thisWeek}</Button>
      </div>
      {made.error && <Notice tone="red" icon="warn" role="alert">{made.error.message}</Notice>}
    </div>
  )
}
