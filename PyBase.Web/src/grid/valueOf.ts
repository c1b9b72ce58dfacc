import { GridCellKind, type EditableGridCell } from '@glideapps/glide-data-grid'
import type { CellValue, Field } from '../api/types'
import type { DateCell } from './cells/DateCell'
import type { SelectCell } from './cells/SelectCell'

/** What the grid gives back after an edit → the value on the wire; `null` empties the cell, `undefined` changes nothing. */
export function valueOf(field: Field, cell: EditableGridCell): CellValue {
  switch (cell.kind) {
    case GridCellKind.Text:
      return cell.data === '' ? null : cell.data
    case GridCellKind.Number:
      return cell.data ?? null
    case GridCellKind.Boolean:
      return cell.data === true ? true : null
    case GridCellKind.Custom: {
      const data = cell.data as SelectCell['data'] | DateCell['data']
      if (field.type === 'singleSelect' && data.kind === 'select') return data.name || null
      if (field.type === 'date' && data.kind === 'date') return data.day || null
      return undefined
    }
    default:
      return undefined
  }
}

export const sameValue = (a: CellValue, b: CellValue) => written(a) === written(b) || JSON.stringify(written(a)) === JSON.stringify(written(b))

/** A cell in an engineering notation comes as an object and is written as its text. */
const written = (value: CellValue) => (typeof value === 'object' && value !== null && 'text' in value && 'key' in value ? value.text : (value ?? null)) as CellValue
