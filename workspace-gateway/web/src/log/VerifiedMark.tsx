import type { Verified, Witnessed } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Time } from '../kit/kit.tsx'
import { useSigned } from './queries.ts'
import { texts } from './texts.ts'

/** The log's verification as a growing line: how much of it has been re-derived and found to hold. */
export function VerifiedMark({ verified: { upTo, at, size, holds, witnesses } }: { verified: Verified }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const signed = useSigned().data
  // The checkpoint may be newer than what was verified: the log is at least as long as that.
  const entries = Math.max(size, signed !== undefined && Number.isFinite(signed) ? signed : 0)
  const part = entries > 0 ? Math.min(100, (upTo / entries) * 100) : 100
  return (
    <section className={`verified ${holds ? 'green' : 'red'}`} data-holds={holds}>
      <Icon name={holds ? 'shield' : 'warn'} size={22} />
      <div className="grow">
        <div className="row between">
          <strong>{!holds ? said.broken(format.number(upTo)) : entries > upTo ? said.verified(format.number(upTo), format.number(entries - upTo)) : said.allVerified(format.number(entries))}</strong>
          <span className="small soft">{said.verifiedAt} <Time at={at} />{signed !== undefined && Number.isFinite(signed) && <> · {said.signed(format.number(signed))}</>} · <a href="/api/audit/checkpoint" target="_blank" rel="noreferrer">{said.checkpoint}</a> · <a href="/api/audit/keys" download="key.pub" title={said.keysHint}>{said.keys}</a></span>
        </div>
        <div className="line" aria-hidden="true"><i style={{ width: `${part}%` }} /></div>
        {witnesses?.map((witness) => <Seen key={witness.name} by={witness} />)}
        {!holds && <p>{said.brokenHint}</p>}
      </div>
    </section>
  )
}

/** How far somebody on another host has seen this log, and since when not any more. */
function Seen({ by: { name, size, at, trouble } }: { by: Witnessed }) {
  const said = usePhrases(texts)
  const format = useFormat()
  return (
    <p className={`small witness ${trouble ? 'amber' : 'soft'}`} data-witness={name}>
      {at ? <>{said.witnessed(name, format.number(size))} · <Time at={at} /></> : said.notWitnessed(name)}
      {at && trouble && <> · {said.witnessTrouble}</>}
    </p>
  )
}
