import { LinkButton } from '../kit/kit.tsx'
import { usePhrases } from '../i18n/language.tsx'
import { tokens } from './tokens.ts'
import { texts } from './texts.ts'
import './sqltext.css'

/** SQL to read, without the weight of an editor. */
export function SqlText({ sql, title, edit }: { sql: string; title: string; edit?: string }) {
  const said = usePhrases(texts)
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
        {edit && <LinkButton to={edit} look="quiet" small>{said.edit}</LinkButton>}
      </header>
      <pre className="sql-text" tabIndex={0} aria-label={title}>
        <code>{tokens(sql).map(({ kind, text }, index) => (kind ? <span key={index} className={kind}>{text}</span> : text))}</code>
      </pre>
    </section>
  )
}
