import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { aggregate } from '../api/aggregates'
import type { Field, Table } from '../api/types'
import type { Order } from '../api/views'
import { shownAs } from '../fields/shownAs'
import type { RowQuery } from '../rows/rowQuery'
import type { RowStoreState } from '../rows/rowStoreState'
import { groupLines, plainLines, type Lines } from './groupRows'

/** Sums are shown of fields whose sum means something; a lookup is a list, which has none. */
const isSummed = (field: Field) => ['number', 'currency', 'duration'].includes(shownAs(field).type) && field.type !== 'autoNumber' && field.type !== 'multipleLookupValues'

/** The lines of the grid: rows, and between them the heads of groups with how many there are and what they sum up to. */
export function useGroups(base: string, table: Table, query: RowQuery, groups: readonly Order[], state: RowStoreState) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [arranged] = useDebouncedValue(state.arranged, 300)
  const summed = useMemo(() => table.fields.filter(isSummed).slice(0, 20), [table.fields])
  const found = useQuery({
    queryKey: ['groups', table.id, query, groups, summed.map(f => f.id).join(), arranged], enabled: groups.length > 0, placeholderData: keepPreviousData,
    queryFn: () => aggregate(base, table.id, { filter: query.filter, search: query.search, groups, aggregates: summed.map(f => ({ field: f.id, function: 'sum' })) }),
  })
  const lines = useMemo<Lines>(() => (groups.length && found.data?.groups ? groupLines(found.data.groups, collapsed) : plainLines(state.count)), [groups.length, found.data, collapsed, state.count])
  const toggle = (key: string) =>
    setCollapsed(old => {
      const now = new Set(old)
      if (!now.delete(key)) now.add(key)
      return now
    })
  return { lines, summed, toggle }
}
