import { useEffect, useMemo, useReducer } from 'react'
import type { Table } from '../api/types'
import { useHub } from '../live/LiveProvider'
import { RowStore } from './rowStore'

export type NameOf = (tableId: string, recordId: string) => string | undefined

/** What the rows of linked tables are called: their primary cells, loaded once and kept current. */
export function useLinkNames(base: string, table: Table, tables: readonly Table[]): NameOf {
  const hub = useHub()
  const [drawn, draw] = useReducer((n: number) => n + 1, 0)
  const wanted = useMemo(() => {
    const ids = new Set(table.fields.filter(f => f.type === 'multipleRecordLinks').map(f => f.options?.linkedTableId))
    return tables.filter(t => ids.has(t.id)).map(t => `${t.id} ${t.primaryFieldId}`).sort().join(',')
  }, [table, tables])

  const stores = useMemo(() => {
    const events = { onSchema: () => {}, onRefused: () => {}, onEnded: () => {} }
    return new Map(wanted.split(',').filter(Boolean).map(pair => {
      const [id, primary] = pair.split(' ') as [string, string]
      return [id, { primary, store: new RowStore(base, id, hub, events, [primary]) }]
    }))
  }, [base, hub, wanted])

  useEffect(() => {
    const stops = [...stores.values()].map(({ store }) => {
      const stop = store.listen(draw)
      store.open()
      return () => {
        stop()
        store.close()
      }
    })
    return () => stops.forEach(stop => stop())
  }, [stores])

  return useMemo<NameOf>(
    () => (tableId, recordId) => {
      void drawn
      const linked = stores.get(tableId)
      const name = linked?.store.value(recordId, linked.primary)
      return name === undefined || name === null ? undefined : String(name)
    },
    [stores, drawn],
  )
}
