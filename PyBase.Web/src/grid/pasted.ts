import { GridCellKind, type CustomRenderer, type EditableGridCell } from '@glideapps/glide-data-grid'
import type { CellValue, Field } from '../api/types'
import { isComputed } from '../fields/shownAs'
import { cellOf } from './cellOf'
import { valueOf } from './valueOf'

const ticked = /^(true|yes|y|1|x|✓|✔|☑|checked)$/i

/** A text from a spreadsheet as a value of a field: `null` empties, `undefined` means that the field does not take it. */
export function pastedValue(field: Field, text: string, renderers: readonly CustomRenderer[]): CellValue {
  if (isComputed(field.type) || field.type === 'multipleAttachments' || field.type === 'button') return undefined
  if (text.trim() === '') return null
  const cell = cellOf(field, undefined, () => undefined)
  if (cell.kind === GridCellKind.Boolean) return ticked.test(text.trim()) ? true : null
  if (cell.kind === GridCellKind.Text) return text
  const renderer = renderers.find(r => cell.kind === GridCellKind.Custom && r.isMatch(cell))
  const data: unknown = cell.kind === GridCellKind.Custom ? renderer?.onPaste?.(text, cell.data) : undefined
  return data === undefined ? undefined : valueOf(field, { ...cell, data } as EditableGridCell)
}

/** One cell fills all that is selected; a block is repeated where the selection is a multiple of it. */
export function tiled(values: readonly (readonly string[])[], width: number, height: number): readonly (readonly string[])[] {
  const [rows, columns] = [values.length, values[0]?.length ?? 0]
  if (!rows || !columns || width % columns || height % rows || (width <= columns && height <= rows)) return values
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => values[y % rows]![x % columns] ?? ''))
}
