import { Menu } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { forwardRef, useState } from 'react'
import { aggregate } from '../api/aggregates'
import type { Field, Table } from '../api/types'
import type { RowQuery } from '../rows/rowQuery'
import type { RowStoreState } from '../rows/rowStoreState'
import { texts } from '../texts'
import { showSummary, summariesOf } from './summaries'
import classes from './TableGrid.module.css'

const t = texts.summaries

interface Column { field: Field; width: number; summary?: string }
interface Props { base: string; table: Table; query: RowQuery; state: RowStoreState; columns: readonly Column[]; frozen: number; markers: number; changes: number; onChoose: (field: Field, summary: string | null) => void }

/** Below the rows: of each field what the view says, of all rows that it shows, not only of the loaded ones. */
export const SummaryRow = forwardRef<HTMLDivElement, Props>(function SummaryRow({ base, table, query, state, columns: given, frozen, markers, changes, onChoose }, moving) {
  const [open, setOpen] = useState<string | null>(null)
  // A field may have become one of another type.
  const columns = given.map(c => ({ ...c, summary: c.summary && summariesOf(c.field).includes(c.summary) ? c.summary : undefined }))
  const asked = columns.flatMap(c => (c.summary ? [{ field: c.field.id, function: c.summary }] : []))
  const [stand] = useDebouncedValue(state.arranged + changes, 300)
  const found = useQuery({
    queryKey: ['summaries', table.id, query.filter, query.search, asked, stand], enabled: asked.length > 0, placeholderData: keepPreviousData,
    queryFn: () => aggregate(base, table.id, { filter: query.filter, search: query.search, groups: [], aggregates: asked }),
  })
  const cell = ({ field, width, summary }: Column) => {
    const n = asked.findIndex(a => a.field === field.id)
    const value = n < 0 ? undefined : found.data?.values?.[n]
    return (
      <Menu key={field.id} position="top-start" withinPortal opened={open === field.id} onChange={opened => setOpen(opened ? field.id : null)}>
        <Menu.Target>
          <button type="button" className={classes.summary} style={{ width }} aria-label={t.label(field.name)} data-set={summary ? true : undefined} data-testid={`summary-${field.name}`}>
            {summary ? <><small>{t.names[summary]}</small><b>{value === undefined ? '…' : showSummary(field, summary, value)}</b></> : <small>{t.choose}</small>}
          </button>
        </Menu.Target>
        {open === field.id && (
          <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
            <Menu.Item onClick={() => onChoose(field, null)} fw={summary ? 400 : 600}>{t.none}</Menu.Item>
            {summariesOf(field).map(name => <Menu.Item key={name} onClick={() => onChoose(field, name)} fw={name === summary ? 600 : 400} data-testid={`summary-${name}`}>{t.names[name]}</Menu.Item>)}
          </Menu.Dropdown>
        )}
      </Menu>
    )
  }
  return (
    <div className={classes.summaries} data-testid="summaries" role="group" aria-label={t.row}>
      <div className={classes.still} style={{ paddingLeft: markers }}>{columns.slice(0, frozen).map(cell)}</div>
      <div className={classes.window}><div ref={moving} className={classes.moving}>{columns.slice(frozen).map(cell)}</div></div>
    </div>
  )
})
