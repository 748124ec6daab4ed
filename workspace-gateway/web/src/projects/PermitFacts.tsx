import type { DataGrant, Permit, Visiting } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Chip, StateChip } from '../kit/kit.tsx'
import { grants, tablesOf } from './queries.ts'
import { texts } from './texts.ts'
import { TimeLeft } from './TimeLeft.tsx'

/** The permit in plain words; the gateway enforces the same record. Of a closed project it tells the end, on its day where the reader may know it. */
export function PermitFacts({ permit, closed }: { permit: Partial<Permit>; closed?: string }) {
  const said = usePhrases(texts)
  const text = useText()
  const format = useFormat()
  const members = permit.members ?? []
  return (
    <dl className="facts">
      {text(permit.purpose) && (<><dt>{said.purpose}</dt><dd>{text(permit.purpose)}</dd></>)}
      {text(permit.outputs) && (<><dt>{said.intended}</dt><dd>{text(permit.outputs)}</dd></>)}
      <dt>{said.data}</dt>
      <dd className="stack tight">{grants(permit).map((grant) => <Grant key={grant.dataset} grant={grant} />)}</dd>
      {members.length > 0 && (
        <>
          <dt>{said.members}</dt>
          <dd className="row">{members.map((member) => <Chip key={typeof member === 'string' ? member : member.name}>{typeof member === 'string' ? member : member.displayName || member.name}</Chip>)}</dd>
        </>
      )}
      {permit.visiting && <VisitingFacts visiting={permit.visiting} />}
      {permit.state === 'closed' && (<><dt>{said.end}</dt><dd>{closed ? said.closedOn(format.date(closed)) : <StateChip state="closed" />}</dd></>)}
      {permit.state !== 'closed' && permit.expires && (<><dt>{said.expiry}</dt><dd>{format.date(permit.expires)} <span className="dim">(<TimeLeft until={permit.expires} />)</span></dd></>)}
      {permit.rules && (<><dt>{said.rules}</dt><dd><code>{permit.rules}</code></dd></>)}
      {permit.reviews !== undefined && (<><dt>{said.reviews}</dt><dd>{said.reviewCount(permit.reviews)}</dd></>)}
    </dl>
  )
}

/** How members may work inside. */
export function VisitingFacts({ visiting: { desktop, notebooks, clipboardIn, recorded, software = [] } }: { visiting: Visiting }) {
  const said = usePhrases(texts)
  return (
    <>
      <dt>{said.visiting}</dt>
      <dd className="row">
        <Chip>{said.visitSql}</Chip>
        {desktop && <Chip icon="desktop">{said.visitDesktop}</Chip>}
        {notebooks && <Chip icon="book">{said.visitNotebooks}</Chip>}
        {desktop && recorded && <Chip tone="red" icon="record">{said.visitRecorded}</Chip>}
        {desktop && clipboardIn && <Chip>{said.visitPaste}</Chip>}
      </dd>
      {software.length > 0 && (<><dt>{said.software}</dt><dd className="row">{software.map((name) => <code key={name}>{name}</code>)}</dd></>)}
    </>
  )
}

export function Grant({ grant }: { grant: DataGrant }) {
  const said = usePhrases(texts)
  const text = useText()
  const tables = tablesOf(grant)
  return (
    <div className="stack close">
      <div><strong>{text(grant.title) || grant.dataset}</strong>{tables.length === 0 && <span className="soft"> · {said.allTables}</span>}</div>
      {tables.map(([table, columns]) => (
        <div key={table} className="small">
          <code>{table}</code> <span className="soft">{columns.length ? columns.join(', ') : said.allColumns}</span>
        </div>
      ))}
      <div className="small soft"><Rows grant={grant} /></div>
    </div>
  )
}

function Rows({ grant: { from, to, prefectures } }: { grant: DataGrant }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const period = from && to ? said.period(format.date(from), format.date(to)) : from ? said.since(format.date(from)) : to ? said.until(format.date(to)) : ''
  const regions = prefectures?.length ? said.regions(prefectures.join(', ')) : ''
  return <>{[period, regions].filter(Boolean).join(' · ') || said.allRows}</>
}
