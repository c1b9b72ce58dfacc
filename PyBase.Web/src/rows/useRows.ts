import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useHub, useOutbox } from '../live/LiveProvider'
import { tellProblem } from '../shell/tell'
import { tablesKey, takeSchemaChange } from '../tables/useTables'
import type { RowQuery } from './rowQuery'
import { RowStore } from './rowStore'

/** The store of one table for as long as the component shows it. */
export function useRows(base: string, table: string, query: RowQuery) {
  const hub = useHub()
  const outbox = useOutbox()
  const queries = useQueryClient()
  const store = useMemo(
    () =>
      new RowStore(base, table, hub, outbox, {
        onSchema: (id, change) => takeSchemaChange(queries, base, id, change),
        onRefused: tellProblem,
        onEnded: () => void queries.invalidateQueries({ queryKey: tablesKey(base) }),
      }),
    [base, table, hub, outbox, queries],
  )
  useEffect(() => {
    store.open(query)
    return () => store.close()
    // A changed query is asked of the open store, below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store])
  useEffect(() => store.ask(query), [store, query])
  const state = useSyncExternalStore(store.listen, store.getState)
  return { store, state }
}
