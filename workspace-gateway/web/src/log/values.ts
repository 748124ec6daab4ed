import { roles } from '../app/texts.ts'
import type { Phrases, Text } from '../i18n/phrases.ts'
import { texts as ingress } from '../ingress/texts.ts'
import { words } from '../kit/states.ts'
import { decisions, texts as outputs } from '../outputs/texts.ts'
import { texts as people } from '../people/texts.ts'
import { actions, reasons, versions } from './texts.ts'

const { clear, amendable, refer, refuse } = outputs
const { totp, passkey } = people
const { accept } = ingress
const tables: Record<string, Phrases> = {
  state: words,
  verdict: { clear, amendable, refer, refuse },
  decision: { ...decisions, approve: words.approved, reject: words.rejected, accept },
  factor: { totp, passkey },
  training: { 'data-protection': people['data-protection'], 'output-checking': people['output-checking'] },
  role: roles,
  action: actions,
  reason: reasons,
  version: versions,
}

/** What a code in an entry's detail says in words, where it has any. Some are written in capitals, as PERMIT_EXPIRED. */
export function valueWords(key: string, value: string): Text | undefined {
  const table = tables[key]
  const code = key === 'reason' ? value.toLowerCase().replaceAll('_', '-') : value
  return table && Object.hasOwn(table, code) ? (table[code] as Text) : undefined
}
