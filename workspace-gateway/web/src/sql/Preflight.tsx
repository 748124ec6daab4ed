import { useMutation } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import type { Preflighted } from '../api/types.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Button, Notice } from '../kit/kit.tsx'
import { Findings } from '../outputs/Findings.tsx'
import { texts as outputTexts } from '../outputs/texts.ts'
import { texts } from './texts.ts'
import '../outputs/outputs.css'

/** What the rules would say of a statement; nothing is held, and nothing is shown of its rows. */
export function usePreflight(project: string) {
  return useMutation({
    mutationFn: (sql: string) => ask<Preflighted>(`/api/projects/${encodeURIComponent(project)}/preflight`, { method: 'POST', body: { sql } }),
  })
}

type Asked = ReturnType<typeof usePreflight>

export function PreflightButton({ asked, sql, closed }: { asked: Asked; sql: string; closed: boolean }) {
  const said = usePhrases(texts)
  return (
    <Button icon="shield" isDisabled={!sql.trim() || closed} isPending={asked.isPending} onPress={() => asked.mutate(sql)} aria-label={said.preflightWhat}>
      {said.preflight}
    </Button>
  )
}

export function PreflightAnswer({ asked, sql }: { asked: Asked; sql: string }) {
  const said = usePhrases(texts)
  const verdict = usePhrases(outputTexts)
  const text = useText()
  const told = asked.data
  if (asked.isPending) return <p className="small dim" role="status">{said.preflighting}</p>
  if (asked.error) return <Notice tone="red" icon="warn" role="alert" title={asked.error.message}>{(asked.error as { detail?: string }).detail}</Notice>
  if (!told || asked.variables !== sql) return null
  if (told.error)
    return (
      <Notice tone="red" icon="warn" title={said.failedTitle} role="status">
        <p>{text(told.error.message)}</p>
        {told.error.line && <p className="small">{told.error.column ? said.at(told.error.line, told.error.column) : said.line(told.error.line)}</p>}
      </Notice>
    )
  const findings = told.findings ?? []
  const good = told.verdict === 'clear'
  return (
    <div className="stack" data-preflight={told.verdict}>
      <Notice tone={good ? 'green' : 'amber'} icon={good ? 'check' : 'shield'} title={`${said.preflightTitle} ${told.verdict ? verdict[told.verdict] : ''}`} role="status">
        {said.preflightNote}
      </Notice>
      {findings.length > 0 && <Findings findings={findings} />}
    </div>
  )
}
