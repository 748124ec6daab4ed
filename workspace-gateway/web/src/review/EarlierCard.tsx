import { useState } from 'react'
import { Link } from 'wouter'
import type { CellEvidence, Evidence, Spot } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { Chip, Notice, StateChip, Time } from '../kit/kit.tsx'
import type { Tone } from '../kit/states.ts'
import { Overlap } from './Overlap.tsx'
import { comparedWith, type Outcome, outcomeOf } from './earlier.ts'
import { labelsOf } from './table.ts'
import { texts } from './texts.ts'

const shownAtFirst = 8
const looks: Record<Outcome, { tone: Tone; icon: IconName }> = {
  nothing: { tone: 'green', icon: 'shield' },
  none: { tone: 'green', icon: 'shield' },
  unknown: { tone: 'amber', icon: 'warn' },
  incomplete: { tone: 'amber', icon: 'warn' },
  few: { tone: 'red', icon: 'warn' },
}
type Props = { evidence: Evidence; found: CellEvidence; onGo(row: number): void }

/** This output beside everything that the project was given before: who would be told of, and by which two numbers. */
export function EarlierCard({ evidence, found: { compared }, onGo }: Props) {
  const said = usePhrases(texts)
  const format = useFormat()
  const [all, showAll] = useState(false)
  const related = evidence.related ?? []
  const differences = compared?.differences ?? []
  const outcome = outcomeOf(compared, related.length)
  const title = (id: string) => related.find((one) => one.id === id)?.title || id
  return (
    <section className="card">
      <header><h2>{said.earlier}{differences.length > 0 && <span className="dim small"> {differences.length}</span>}</h2></header>
      <div className="body stack">
        <Notice {...looks[outcome]}>
          {outcome === 'nothing' && said.comparedNothing}
          {outcome === 'unknown' && said.notCompared}
          {outcome === 'incomplete' && said.comparedInPart}
          {outcome === 'few' && said.comparedFew(format.number(comparedWith(compared!)))}
          {outcome === 'none' && said.comparedNone(format.number(comparedWith(compared!)), format.number(compared!.cells))}
        </Notice>
        {compared && compared.damaged.length > 0 && <Notice tone="red" icon="warn" title={said.ledgerDamaged}><Names of={compared.damaged} title={title} /></Notice>}
        {compared && compared.unknown.length > 0 && <Notice tone="amber" icon="eye" title={said.earlierUnknown}><Names of={compared.unknown} title={title} /></Notice>}
        {differences.length > 0 && (
          <ul className="differences">
            {differences.slice(0, all ? undefined : shownAtFirst).map((difference, index) => (
              <li key={index}>
                <Overlap of={difference} />
                <div className="stack close">
                  <div className="row">
                    <Chip tone={difference.hidden ? 'green' : 'red'} icon={difference.hidden ? 'shield' : 'warn'}>{difference.hidden ? said.hiddenThen : said.stillShown}</Chip>
                    <strong>{said[difference.kind]}</strong>
                  </div>
                  <dl className="facts sides">
                    <dt>{said.now}</dt><dd><Own spot={difference.fresh} evidence={evidence} onGo={onGo} /></dd>
                    <dt>{said.then}</dt><dd><Link href={`/review/${difference.release}`}>{title(difference.release)}</Link> <span className="soft"><Rows of={difference.earlier} /></span></dd>
                  </dl>
                </div>
              </li>
            ))}
          </ul>
        )}
        {!all && differences.length > shownAtFirst && <button type="button" className="go" onClick={() => showAll(true)}>{said.moreDifferences(differences.length - shownAtFirst)}</button>}
        <div className="stack close">
          <h3 className="label">{said.related}</h3>
          {related.length ? (
            <ul className="stack close">
              {related.map((one) => (
                <li key={one.id} className="row">
                  <Link href={`/review/${one.id}`}>{one.title || one.id}</Link>
                  {one.state && <StateChip state={one.state} />}
                  <span className="dim small"><Time at={one.released ?? one.at} /></span>
                </li>
              ))}
            </ul>
          ) : <span className="soft">{said.noRelated}</span>}
        </div>
      </div>
    </section>
  )
}

function Names({ of, title }: { of: string[]; title(id: string): string }) {
  return <span className="row">{of.map((id) => <Link key={id} href={`/review/${id}`}>{title(id)}</Link>)}</span>
}

function Rows({ of: { kind, rows, more } }: { of: Spot }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const named = [...rows.slice(0, 12).map((row) => format.number(row + 1)), ...(rows.length + more > 12 ? ['…'] : [])].join(', ')
  return <>{kind === 'row' ? said.oneRow(named) : kind === 'sum' ? said.sumOf(named) : said.restOf(named)}</>
}

/** The rows of the table that is looked at: by their labels, and with a way to them. */
function Own({ spot, evidence, onGo }: { spot: Spot; evidence: Evidence; onGo(row: number): void }) {
  const said = usePhrases(texts)
  const first = spot.rows[0]
  const labels = spot.rows.slice(0, 6).map((row) => labelsOf(evidence, row)).filter(Boolean).join('、')
  return (
    <span className="row">
      <span><Rows of={spot} />{labels && <>: {labels}{spot.rows.length + spot.more > 6 && ' …'}</>}</span>
      {first !== undefined && <button type="button" className="go" onClick={() => onGo(first)}><Icon name="right" size={12} />{said.toRow}</button>}
    </span>
  )
}
