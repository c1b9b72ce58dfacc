import { useQuery, type QueryClient } from '@tanstack/react-query'
import { listTables } from '../api/bases'
import type { Change, Table } from '../api/types'
import type { Versions } from '../api/versions'
import { applyToTables } from '../live/schemaChanges'

interface BaseTables { tables: Table[]; versions: Versions }

export const tablesKey = (base: string) => ['tables', base] as const

export const useTables = (base: string, enabled = true) =>
  useQuery({ queryKey: tablesKey(base), enabled, queryFn: ({ signal }) => listTables(base, signal), staleTime: Infinity })

/** A change of tables or fields, told by a feed or made here, shown without loading again where that is possible. */
export function takeSchemaChange(queries: QueryClient, base: string, source: string, change: Change) {
  if (change.kind === 'manyChanged' || change.kind.startsWith('record') || change.kind === 'cellsChanged') return
  if (change.kind.startsWith('view')) return void queries.invalidateQueries({ queryKey: ['views'] })
  const known = queries.getQueryData<BaseTables>(tablesKey(base))
  const tables = known && applyToTables(known.tables, source, change)
  if (known && tables) queries.setQueryData<BaseTables>(tablesKey(base), { ...known, tables: [...tables] })
  else void queries.invalidateQueries({ queryKey: tablesKey(base) })
}
