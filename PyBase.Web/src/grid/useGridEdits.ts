import type { EditListItem, Item } from '@glideapps/glide-data-grid'
import { useCallback } from 'react'
import type { Cells, Field } from '../api/types'
import { isComputed } from '../fields/shownAs'
import type { RowStore } from '../rows/rowStore'
import { sameValue, valueOf } from './valueOf'

/** One cell typed, many pasted, filled or emptied: all come here as a list and leave as changes of records. */
export function useGridEdits(fields: readonly Field[], idAt: (line: number) => string | undefined, lines: number, store: RowStore) {
  const onCellsEdited = useCallback(
    (edits: readonly EditListItem[]) => {
      const byRecord = new Map<string, Cells>()
      for (const { location: [col, line], value } of edits) {
        const field = fields[col]
        const id = idAt(line)
        if (!field || id === undefined) continue
        const after = valueOf(field, value)
        if (after === undefined || sameValue(after, store.value(id, field.id))) continue
        byRecord.set(id, { ...byRecord.get(id), [field.id]: after })
      }
      if (byRecord.size) void store.edit([...byRecord].map(([id, cells]) => ({ id, fields: cells })))
      return true
    },
    [fields, idAt, store],
  )
  const onRowAppended = useCallback(async () => {
    await store.create()
    return 'bottom' as const
  }, [store])

  /** Rows pasted below the last one are new records; the server reads their texts as it reads what is typed. */
  const onPasteBeyond = useCallback(
    ([col, line]: Item, values: readonly (readonly string[])[]) => {
      const beyond = values.slice(Math.max(0, lines - line))
      if (beyond.length) void store.createMany(beyond.map(row => Object.fromEntries(row.flatMap((text, n) => {
        const field = fields[col + n]
        return field && !isComputed(field.type) && text !== '' ? [[field.id, text]] : []
      }))))
      return true
    },
    [fields, lines, store],
  )
  return { onCellsEdited, onRowAppended, onPasteBeyond }
}
