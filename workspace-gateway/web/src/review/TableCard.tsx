import { useEffect, useMemo, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useKeys } from '../app/keys.tsx'
import type { Evidence, Finding } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Button, Chip } from '../kit/kit.tsx'
import { CellGrid } from './CellGrid.tsx'
import { Inspector } from './Inspector.tsx'
import { useRows } from './rows.ts'
import { cellKey, columnNames, isRisky, marks, nextRisky, type Place, shownColumns, type View } from './table.ts'
import { texts } from './texts.ts'

type Props = { id: string; evidence: Evidence; findings: Finding[]; place: Place | null }

/** The table as computed and as it would leave, with every risky cell marked and explained. */
export function TableCard({ id, evidence, findings, place }: Props) {
  const said = usePhrases(texts)
  const format = useFormat()
  const grid = evidence.table!
  const [view, turn] = useState<View>(() => (!evidence.amended ? 'original' : matchMedia('(max-width: 720px)').matches ? 'original' : 'both'))
  const [at, move] = useState({ row: 0, column: 0 })
  const [hovered, hover] = useState<{ row: number; column: number } | null>(null)
  const found = useMemo(() => marks(evidence, findings), [evidence, findings])
  const names = useMemo(() => columnNames(grid), [grid])
  const structure = evidence.judgement?.evidence?.structure
  const columns = useMemo(() => shownColumns(grid, structure?.columns, view), [grid, structure, view])
  const rows = useRows(id, evidence)
  const risky = useMemo(() => [...found.values()].filter(isRisky), [found])

  const jump = (by: 1 | -1) => {
    const next = nextRisky(risky, names, at, by)
    if (next) move(next)
  }
  useKeys({ n: () => jump(1), p: () => jump(-1) })
  useEffect(() => {
    if (place) move({ row: place.row, column: place.column ? Math.max(0, names.indexOf(place.column)) : 0 })
  }, [place, names])

  const seen = hovered ?? at
  const column = names[seen.column] ?? ''
  return (
    <section className="card table-card">
      <header>
        <h2>{said.table} <span className="dim small">{said.rowCount(format.number(rows.total))}</span></h2>
        {risky.length > 0 && <Button small look="quiet" onPress={() => jump(1)}>{said.nextCell} <kbd>n</kbd></Button>}
        {evidence.amended && (
          <ToggleButtonGroup className="switch" aria-label={said.view} selectionMode="single" disallowEmptySelection selectedKeys={[view]} onSelectionChange={(keys) => turn([...keys][0] as View)}>
            <ToggleButton id="original">{said.original}</ToggleButton>
            <ToggleButton id="amended">{said.amended}</ToggleButton>
            <ToggleButton id="both">{said.both}</ToggleButton>
          </ToggleButtonGroup>
        )}
      </header>
      <CellGrid columns={columns} rows={rows} found={found} totals={structure?.totalRows ?? []} at={at} onMove={move} onHover={hover} />
      <Inspector row={seen.row} column={column} value={rows.original[seen.row]?.[seen.column]} cell={found.get(cellKey(seen.row, column))} />
      <footer className="legend small">
        <Chip tone="red" icon="lock">{said.primary}</Chip>
        <Chip tone="amber" icon="diamond">{said.secondary}</Chip>
        {rows.capped && <span className="dim row"><Icon name="info" size={13} />{said.truncated(format.number(rows.original.length))}</span>}
      </footer>
    </section>
  )
}
