import type { CustomRenderer, EditListItem, Item } from '@glideapps/glide-data-grid'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { mutationId } from '../api/mutationId'
import type { Cells, Field } from '../api/types'
import type { RowStore } from '../rows/rowStore'
import { texts } from '../texts'
import { placeAt, type Lines } from './groupRows'
import { pastedValue, tiled } from './pasted'
import { sameValue, valueOf } from './valueOf'

/** From so many cells on, somebody is told that it goes on. */
const MANY = 2_000

/** One cell typed, many pasted, filled or emptied: all come here as a list and leave as changes of records. */
export function useGridEdits(fields: readonly Field[], lines: Lines, store: RowStore, renderers: readonly CustomRenderer[]) {
  const onCellsEdited = useCallback(
    (edits: readonly EditListItem[]) => {
      const byRecord = new Map<string, Cells>()
      for (const { location: [col, line], value } of edits) {
        const field = fields[col]
        const place = placeAt(lines, line)
        const id = place === undefined ? undefined : store.idAt(place)
        if (!field || id === undefined) continue
        const after = valueOf(field, value)
        if (after === undefined || sameValue(after, store.value(id, field.id))) continue
        byRecord.set(id, { ...byRecord.get(id), [field.id]: after })
      }
      if (byRecord.size) void store.edit([...byRecord].map(([id, cells]) => ({ id, fields: cells })))
      return true
    },
    [fields, lines, store],
  )
  const onRowAppended = useCallback(async () => {
    await store.create()
    return 'bottom' as const
  }, [store])

  /** Cells of a spreadsheet, from `target` on: rows that are there are changed, loaded or not, and rows below the last one are new. One undo takes all back. */
  const paste = useCallback(
    async ([col, line]: Item, copied: readonly (readonly string[])[], selected: { width: number; height: number }) => {
      const values = tiled(copied, selected.width, selected.height)
      const first = placeAt(lines, line)
      if (first === undefined || !values.length) return
      const cells = values.length * (values[0]?.length ?? 0)
      if (cells > MANY) notifications.show({ id: 'paste', loading: true, autoClose: false, withCloseButton: false, title: texts.grid.pasting(values.length), message: '' })
      let unread = 0
      const read = (row: readonly string[]) => {
        const fieldsOf: Cells = {}
        row.forEach((text, n) => {
          const field = fields[col + n]
          const value = field && pastedValue(field, text, renderers)
          if (field && value !== undefined) fieldsOf[field.id] = value
          else if (field && text.trim()) unread++
        })
        return fieldsOf
      }
      const ids = await store.idsAt(first, first + values.length)
      const undoGroup = mutationId()
      const edits = ids.flatMap((id, n) => {
        const changed = id === undefined ? [] : Object.entries(read(values[n]!)).filter(([field, value]) => !sameValue(value, store.value(id, field)))
        return changed.length ? [{ id: id!, fields: Object.fromEntries(changed) }] : []
      })
      const beyond = lines.spans.some(s => s.kind === 'group') ? [] : values.slice(ids.length).map(row => Object.fromEntries(Object.entries(read(row)).filter(([, value]) => value !== null)))
      await Promise.all([edits.length && store.edit(edits, undoGroup), beyond.length && store.createMany(beyond, undoGroup)])
      if (cells > MANY) notifications.hide('paste')
      if (cells > MANY || unread) notifications.show({ color: unread ? 'orange' : undefined, withBorder: true, autoClose: 5000, title: texts.grid.pasted(values.length), message: unread ? texts.grid.unread(unread) : '' })
    },
    [fields, lines, store, renderers],
  )
  return { onCellsEdited, onRowAppended, paste }
}
