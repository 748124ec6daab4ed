import { useId } from 'react'
import type { Difference } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { texts } from './texts.ts'

const nearly = { more: { then: [92, 30], now: [84, 38] }, fewer: { then: [84, 38], now: [92, 30] }, exchanged: { then: [76, 36], now: [92, 36] } } as const

/** Who was counted then and who is counted now, as two overlapping sets. What sticks out is who a subtraction would tell of. */
export function Overlap({ of: { kind, of, now, then, common } }: { of: Difference }) {
  const said = usePhrases(texts)
  const format = useFormat()
  const id = useId()
  const place = nearly[kind]
  const circle = (which: 'then' | 'now') => ({ cx: place[which][0], cy: 44, r: place[which][1] })
  return (
    <figure className="overlap">
      <svg viewBox="0 0 168 88" aria-hidden="true">
        <clipPath id={id}><circle {...circle('then')} /></clipPath>
        <circle {...circle('then')} className="apart" />
        <circle {...circle('now')} className="apart" />
        <circle {...circle('now')} className="both" clipPath={`url(#${id})`} />
        <circle {...circle('then')} className="edge then" />
        <circle {...circle('now')} className="edge now" />
      </svg>
      <figcaption>
        <dl>
          <div><dt><i className="key then" />{said.onlyThen}</dt><dd className={then > common ? 'few' : ''}>{format.number(then - common)}</dd></div>
          <div><dt><i className="key both" />{said.inBoth}</dt><dd>{format.number(common)}</dd></div>
          <div><dt><i className="key now" />{said.onlyNow}</dt><dd className={now > common ? 'few' : ''}>{format.number(now - common)}</dd></div>
        </dl>
        <span className="dim small">{of === 'persons' ? said.persons : said.facilities}</span>
      </figcaption>
    </figure>
  )
}
