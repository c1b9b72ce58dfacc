import { useCallback, useState } from 'react'
import type { Field } from '../api/types'

const usual: Record<string, number> = {
  singleLineText: 180, multilineText: 260, number: 110, checkbox: 90, singleSelect: 140, date: 130, multipleRecordLinks: 200, multipleAttachments: 180,
  quantity: 150, gdt: 190, thread: 130, surfaceFinish: 130, material: 150, revision: 90, drawingReference: 180, bomItem: 180,
}
/** Icon, padding and about eight pixels a letter; a title longer than that is cut. */
const roomForTitle = (title: string) => Math.min(240, 46 + title.length * 7.6)

const key = (table: string) => `pybase-widths-${table}`

/** Kept in this browser until views keep them for everybody. */
export function useColumnWidths(table: string) {
  const [widths, setWidths] = useState<Record<string, number>>(() => {
    try {
      return JSON.parse(localStorage.getItem(key(table)) ?? '{}') as Record<string, number>
    } catch {
      return {}
    }
  })
  const widthOf = useCallback(
    (field: Field, primary: boolean, narrow: boolean) => widths[field.id] ?? (primary ? (narrow ? 150 : 220) : Math.max(usual[field.type] ?? 160, roomForTitle(field.name))),
    [widths],
  )
  const setWidth = useCallback(
    (field: string, width: number) =>
      setWidths(old => {
        const now = { ...old, [field]: width }
        localStorage.setItem(key(table), JSON.stringify(now))
        return now
      }),
    [table],
  )
  return { widthOf, setWidth }
}
