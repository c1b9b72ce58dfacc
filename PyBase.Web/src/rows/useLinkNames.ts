import { useEffect, useMemo, useReducer, useRef } from 'react'
import type { Table } from '../api/types'
import { useHub } from '../live/LiveProvider'
import { LinkNames } from './linkNames'

export type NameOf = (tableId: string, recordId: string) => string | undefined

/** What the records of linked tables are called. A new function when there are new names. */
export function useLinkNames(base: string, tables: readonly Table[]): NameOf {
  const hub = useHub()
  const [drawn, draw] = useReducer((n: number) => n + 1, 0)
  const known = useRef(new Map<string, LinkNames>())
  const primaries = useMemo(() => new Map(tables.map(t => [t.id, t.primaryFieldId])), [tables])

  useEffect(() => {
    const stores = known.current
    return () => {
      stores.forEach(store => store.close())
      stores.clear()
    }
  }, [base])

  return useMemo<NameOf>(
    () => (tableId, recordId) => {
      void drawn
      const primary = primaries.get(tableId)
      if (!primary) return undefined
      let store = known.current.get(tableId)
      if (!store) known.current.set(tableId, (store = new LinkNames(base, tableId, primary, hub, draw)))
      return store.of(recordId)
    },
    [base, primaries, hub, drawn],
  )
}
