import { useState } from 'react'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { kindLooks } from '../projects/TableList.tsx'
import { useTables } from '../projects/queries.ts'
import { kinds } from '../projects/texts.ts'
import { texts } from './texts.ts'

/** The project's tables beside the editor; a press puts a name where the cursor is. */
export function TableBrowser({ project, onInsert }: { project: string; onInsert(word: string): void }) {
  const said = usePhrases(texts)
  const kind = usePhrases(kinds)
  const text = useText()
  const tables = useTables(project)
  const [wanted, want] = useState('')
  const needle = wanted.trim().toLowerCase()
  return (
    <Loaded from={tables}>
      {({ items }) => (
        <div className="browser">
          <input type="search" className="input" aria-label={said.find} placeholder={said.find} value={wanted} onChange={(event) => want(event.target.value)} />
          {items.map((table) => {
            const columns = !needle || table.name.includes(needle) ? table.columns : table.columns.filter(({ name }) => name.toLowerCase().includes(needle))
            if (needle && columns.length === 0 && !table.name.includes(needle)) return null
            return (
              <details key={table.name} open={needle !== '' || items.length <= 2 || undefined}>
                <summary title={text(table.description)}><Icon name="right" size={12} className="twist" /><code>{table.name}</code><span className="dim">{table.columns.length}</span></summary>
                <ul>
                  {columns.map((column) => (
                    <li key={column.name}>
                      <button type="button" onClick={() => onInsert(quoted(column.name))} title={text(column.description)} aria-label={said.insert(column.name)}>
                        <span className={kindLooks[column.kind]?.tone} title={kind[column.kind]}><Icon name={kindLooks[column.kind]?.icon ?? 'file'} size={13} /></span>
                        <code>{column.name}</code>
                        <span className="dim">{column.type.toLowerCase()}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              </details>
            )
          })}
        </div>
      )}
    </Loaded>
  )
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}
