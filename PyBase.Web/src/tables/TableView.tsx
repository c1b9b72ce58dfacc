import { Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Table } from '../api/types'
import { TableGrid } from '../grid/TableGrid'
import { useLinkNames } from '../rows/useLinkNames'
import { useRows } from '../rows/useRows'
import { Centered, Failed } from '../shell/States'
import { texts } from '../texts'
import { NewFieldDialog } from './NewFieldDialog'
import { StatusBar } from './StatusBar'
import classes from './TableView.module.css'

interface Props { base: string; table: Table; tables: readonly Table[]; mayEdit: boolean; mayDesign: boolean }

export function TableView({ base, table, tables, mayEdit, mayDesign }: Props) {
  const { store, state } = useRows(base, table.id)
  const nameOf = useLinkNames(base, table, tables)
  const [adding, setAdding] = useState(false)
  const { rows, leaving } = state
  const ids = useMemo(() => {
    const all = rows.tail.length ? [...rows.ids, ...rows.tail] : rows.ids
    return leaving.size ? all.filter(id => !leaving.has(id)) : all
  }, [rows.ids, rows.tail, leaving])

  if (state.status === 'failed') return <Failed title={texts.tables.failed} error={state.problem} onRetry={() => void store.load()} />
  if (state.status === 'loading') return <Centered />
  return (
    <>
      <div className={classes.stage}>
        <TableGrid table={table} ids={ids} store={store} state={state} nameOf={nameOf} mayEdit={mayEdit} mayDesign={mayDesign} onAddField={() => setAdding(true)} />
        {ids.length === 0 && (
          <div className={classes.empty}>
            <div>
              <Text fw={600}>{texts.grid.empty}</Text>
              <Text c="dimmed" size="sm" maw={300}>{texts.grid.emptyLead}</Text>
            </div>
          </div>
        )}
      </div>
      <StatusBar count={ids.length} more={!rows.complete} onAdd={mayEdit ? () => void store.create() : undefined} />
      <NewFieldDialog base={base} table={table} tables={tables} opened={adding} onClose={() => setAdding(false)} />
    </>
  )
}
