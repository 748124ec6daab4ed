import type { Finding } from '../api/types.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { Chip } from '../kit/kit.tsx'
import { Bones } from '../kit/Loaded.tsx'
import type { Tone } from '../kit/states.ts'
import { texts } from './texts.ts'

export const severities: Record<Finding['severity'], { tone: Tone; icon: IconName }> = {
  fail: { tone: 'red', icon: 'warn' },
  review: { tone: 'amber', icon: 'eye' },
  info: { tone: 'grey', icon: 'info' },
}

/** Findings in the words for authors; with `evidence`, in those for checkers. */
export function Findings({ findings, checking = false, evidence = false, onGo }: { findings: Finding[]; checking?: boolean; evidence?: boolean; onGo?: (finding: Finding) => void }) {
  const said = usePhrases(texts)
  const text = useText()
  return (
    <section className="card">
      <header><h2>{said.findings}{findings.length > 0 && <span className="dim small"> {findings.length}</span>}</h2></header>
      {checking ? <Bones lines={3} /> : findings.length === 0 ? <p className="fine"><Icon name="check" />{said.noFindings}</p> : (
        <ul className="findings">
          {findings.slice(0, 200).map((finding, index) => (
            <li key={`${finding.rule}${index}`}>
              <Chip tone={severities[finding.severity]?.tone} icon={severities[finding.severity]?.icon}>{said[finding.severity] ?? finding.severity}</Chip>
              <div>
                <div>{(evidence && text(finding.evidence)) || text(finding.message)}</div>
                <div className="where"><code>{finding.rule}</code><Place of={finding} onGo={onGo} /></div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Place({ of, onGo }: { of: Finding; onGo?: (finding: Finding) => void }) {
  const said = usePhrases(texts)
  if (!of.where) return null
  if (typeof of.where === 'string') return <span>{of.where}</span>
  const parts = [of.where.row != null && said.row(of.where.row + 1), of.where.column && said.columnWhere(of.where.column)].filter(Boolean).join(', ')
  if (!parts) return null
  return onGo && of.where.row != null ? <button type="button" className="go" onClick={() => onGo(of)}>{parts}</button> : <span>{parts}</span>
}
