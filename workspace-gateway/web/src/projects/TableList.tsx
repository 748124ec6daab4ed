import { useRef, useState } from 'react'
import { useKeys } from '../app/keys.tsx'
import type { Column, Table } from '../api/types.ts'
import { useFormat, usePhrases, useText } from '../i18n/language.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { Chip } from '../kit/kit.tsx'
import type { Tone } from '../kit/states.ts'
import { kinds, texts } from './texts.ts'
import './tables.css'

export const kindLooks: Record<Column['kind'], { tone: Tone; icon: IconName }> = {
  person: { tone: 'violet', icon: 'key' },
  facility: { tone: 'violet', icon: 'key' },
  record: { tone: 'grey', icon: 'key' },
  date: { tone: 'blue', icon: 'calendar' },
  code: { tone: 'grey', icon: 'file' },
  'quasi-identifier': { tone: 'amber', icon: 'eye' },
  value: { tone: 'grey', icon: 'scale' },
}

/** Every table with its columns and what each column is; one field finds any of them. */
export function TableList({ tables, title }: { tables: Table[]; title: string }) {
  const said = usePhrases(texts)
  const text = useText()
  const [wanted, want] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => field.current?.focus() })
  const needle = wanted.trim().toLowerCase()
  const hit = (given: string) => given.toLowerCase().includes(needle)
  const shown = tables
    .map((table) => ({ ...table, columns: hit(table.name) || hit(text(table.description)) ? table.columns : table.columns.filter((column) => hit(column.name) || hit(text(column.description))) }))
    .filter((table) => !needle || table.columns.length > 0)
  return (
    <>
      <header>
        <h2>{title} <span className="small dim">{said.tableCount(tables.length, tables.reduce((sum, { columns }) => sum + columns.length, 0))}</span></h2>
        <input ref={field} type="search" className="input find" placeholder={said.find} aria-label={said.find} value={wanted} onChange={(event) => want(event.target.value)} />
      </header>
      {shown.length === 0 && <p className="none">{said.noMatch}</p>}
      {shown.map((table) => <OneTable key={table.name} table={table} open={shown.length <= 2 || needle !== ''} />)}
    </>
  )
}

function OneTable({ table, open }: { table: Table; open: boolean }) {
  const said = usePhrases(texts)
  const text = useText()
  const format = useFormat()
  return (
    <details className="one-table" open={open || undefined}>
      <summary>
        <Icon name="right" className="twist" />
        <code>{table.name}</code>
        <span className="soft grow">{text(table.description)}</span>
        <span className="dim small nowrap">{table.rows !== undefined ? format.number(table.rows) : table.columns.length}</span>
      </summary>
      <div className="sheet" role="region" aria-label={table.name} tabIndex={0}>
        <table>
          <thead>
            <tr><th scope="col">{said.column}</th><th scope="col">{said.kind}</th><th scope="col">{said.type}</th><th scope="col">{said.meaning}</th></tr>
          </thead>
          <tbody>
            {table.columns.map((column) => (
              <tr key={column.name}>
                <td><code>{column.name}</code></td>
                <td><Kind of={column.kind} /></td>
                <td className="dim"><code>{column.type}</code></td>
                <td className="soft">{text(column.description)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

export function Kind({ of }: { of: Column['kind'] }) {
  const said = usePhrases(kinds)
  const known = String(of).toLowerCase().replaceAll('_', '-') as Column['kind']
  const look = kindLooks[known] ?? kindLooks.value
  return <Chip tone={look.tone} icon={look.icon}>{said[known] ?? of}</Chip>
}
