import type { EditListItem } from '@glideapps/glide-data-grid'
import { useCallback } from 'react'
import type { Cells, Field } from '../api/types'
import type { RowStore } from '../rows/rowStore'
import { sameValue, valueOf } from './valueOf'

/** One cell typed, many pasted, filled or emptied: all come here as a list and leave as changes of records. */
export function useGridEdits(fields: readonly Field[], ids: readonly string[], store: RowStore) {
  const onCellsEdited = useCallback(
    (edits: readonly EditListItem[]) => {
      const byRecord = new Map<string, Cells>()
      for (const { location: [col, row], value } of edits) {
        const field = fields[col]
        const id = ids[row]
        if (!field || id === undefined) continue
        const after = valueOf(field, value)
        if (after === undefined || sameValue(after, store.value(id, field.id))) continue
        byRecord.set(id, { ...byRecord.get(id), [field.id]: after })
      }
      if (byRecord.size) void store.edit([...byRecord].map(([id, cells]) => ({ id, fields: cells })))
      return true
    },
    [fields, ids, store],
  )
  const onRowAppended = useCallback(async () => {
    await store.create()
    return 'bottom' as const
  }, [store])
  return { onCellsEdited, onRowAppended }
}
