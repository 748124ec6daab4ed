import { useState } from 'react'
import type { Finding } from '../api/types.ts'
import { usePhrases, useSpoken, useText } from '../i18n/language.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { Chip } from '../kit/kit.tsx'
import { Bones } from '../kit/Loaded.tsx'
import type { Tone } from '../kit/states.ts'
import { type Group, grouped } from './groups.ts'
import { texts } from './texts.ts'

const looks: Record<Finding['severity'], { tone: Tone; icon: IconName }> = {
  fail: { tone: 'red', icon: 'warn' },
  review: { tone: 'amber', icon: 'eye' },
  info: { tone: 'grey', icon: 'info' },
}
const shownAtFirst = 24

/** Findings in the words for authors; with `evidence`, what the checker may know besides. */
export function Findings({ findings, checking = false, evidence = false, onGo }: { findings: Finding[]; checking?: boolean; evidence?: boolean; onGo?: (finding: Finding) => void }) {
  const said = usePhrases(texts)
  const text = useText()
  const { language } = useSpoken()
  const groups = grouped(findings, language)
  return (
    <section className="card">
      <header><h2>{said.findings}{groups.length > 0 && <span className="dim small"> {groups.length}</span>}</h2></header>
      {checking ? <Bones lines={3} /> : groups.length === 0 ? <p className="fine"><Icon name="check" />{said.noFindings}</p> : (
        <ul className="findings">
          {groups.map((group) => (
            <li key={group.severity + group.rule + group.message}>
              <Chip tone={looks[group.severity]?.tone} icon={looks[group.severity]?.icon}>{said[group.severity] ?? group.severity}</Chip>
              <div className="stack close">
                <div>{group.message} {group.findings.length > 1 && <strong>{said.places(group.findings.length)}</strong>}</div>
                {evidence && group.findings.length === 1 && text(group.findings[0]?.evidence) !== group.message && <div className="small soft">{text(group.findings[0]?.evidence)}</div>}
                <div className="where"><code>{group.rule}</code><Places of={group} onGo={onGo} /></div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Places({ of: { findings }, onGo }: { of: Group; onGo?: (finding: Finding) => void }) {
  const said = usePhrases(texts)
  const place = usePlace()
  const [all, showAll] = useState(false)
  const placed = findings.filter((finding) => place(finding) !== '')
  return (
    <>
      {placed.slice(0, all ? undefined : shownAtFirst).map((finding, index) =>
        onGo ? <button key={index} type="button" className="go" onClick={() => onGo(finding)}>{place(finding)}</button> : <span key={index}>{place(finding)}</span>,
      )}
      {!all && placed.length > shownAtFirst && <button type="button" className="go" onClick={() => showAll(true)}>{said.morePlaces(placed.length - shownAtFirst)}</button>}
    </>
  )
}

function usePlace(): (finding: Finding) => string {
  const said = usePhrases(texts)
  return ({ where }) => {
    if (!where) return ''
    if (typeof where === 'string') return where
    return [where.row != null && said.row(where.row + 1), where.column && (where.row != null ? where.column : said.columnWhere(where.column))].filter(Boolean).join(' · ')
  }
}
