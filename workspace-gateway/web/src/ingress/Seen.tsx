import type { Input, Remark } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { Chip, Notice } from '../kit/kit.tsx'
import type { Tone } from '../kit/states.ts'
import { texts } from './texts.ts'

/** What the virus scanner said; loud where it said nothing. */
export function Scanned({ input: { scan, state } }: { input: Input }) {
  const said = usePhrases(texts)
  const text = useText()
  if (!scan || typeof scan === 'string') return null
  const engine = scan.engine ? ` (${said.engine(scan.engine)})` : ''
  if (scan.state === 'clean') return <Notice tone="green" icon="shield" title={said.clean + engine} />
  if (scan.state === 'found') return <Notice tone="red" icon="warn" role="alert" title={said.found + engine}>{text(scan.words)}</Notice>
  return (
    <Notice tone="amber" icon="warn" title={said.notScanned}>
      {scan.state === 'failed' && <p>{text(scan.words)}</p>}
      {state === 'waiting' && <p>{said.notScannedWhat}</p>}
    </Notice>
  )
}

const looks: Record<Remark['severity'], { tone: Tone; icon: IconName }> = {
  refuse: { tone: 'red', icon: 'cross' },
  look: { tone: 'amber', icon: 'eye' },
  info: { tone: 'grey', icon: 'info' },
}

/** What the checks of its structure noticed. */
export function Found({ input: { findings, contents } }: { input: Input }) {
  const said = usePhrases(texts)
  const text = useText()
  if (!contents) return null
  return (
    <section className="card">
      <header><h2>{said.structure}</h2></header>
      {findings?.length ? (
        <ul className="findings">
          {findings.map(({ severity, message }) => (
            <li key={text(message)}>
              <Chip {...looks[severity]}>{said[severity]}</Chip>
              <div>{text(message)}</div>
            </li>
          ))}
        </ul>
      ) : <p className="fine"><Icon name="check" />{said.fine}</p>}
    </section>
  )
}

export function Contents({ input: { contents } }: { input: Input }) {
  const said = usePhrases(texts)
  const format = useFormat()
  if (!contents) return null
  const { type, software, entries, expandedBytes, names } = contents
  return (
    <section className="card">
      <header><h2>{said.contents}</h2></header>
      <dl className="facts body">
        <dt>{said.type}</dt><dd>{entries ? said.contentsOf(type, format.number(entries), format.bytes(expandedBytes ?? 0)) : type}</dd>
        {software && (<><dt>{said.software}</dt><dd><code>{software}</code></dd></>)}
      </dl>
      {names.length > 0 && (
        <details className="names">
          <summary>{said.firstNames}</summary>
          <ul>{names.map((name) => <li key={name}><code>{name}</code></li>)}</ul>
        </details>
      )}
    </section>
  )
}
