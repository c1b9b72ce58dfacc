import { GridCellKind, type GridCell } from '@glideapps/glide-data-grid'
import type { Attachment, CellValue, Field } from '../api/types'
import type { NameOf } from '../rows/useLinkNames'
import type { ChipsCell } from './cells/ChipsCell'
import type { DateCell } from './cells/DateCell'
import type { SelectCell } from './cells/SelectCell'
import { showDate } from './dates'
import { isNotation, shown, type NotationCell } from './engineering'

/** A value as it is on the wire → what the grid draws and edits. */
export function cellOf(field: Field, value: CellValue, nameOf: NameOf, mayEdit = true): GridCell {
  switch (field.type) {
    case 'number':
      return {
        kind: GridCellKind.Number,
        data: typeof value === 'number' ? value : undefined,
        displayData: typeof value === 'number' ? showNumber(value, field.options?.precision) : '',
        allowOverlay: true,
        readonly: !mayEdit,
        contentAlign: 'right',
      }
    case 'checkbox':
      return { kind: GridCellKind.Boolean, data: value === true, allowOverlay: false, readonly: !mayEdit, themeOverride: value === true ? ticked : undefined }
    case 'singleSelect': {
      const name = typeof value === 'string' ? value : ''
      const cell: SelectCell = {
        kind: GridCellKind.Custom, allowOverlay: true, readonly: !mayEdit, copyData: name,
        data: { kind: 'select', name, choices: field.options?.choices ?? [] },
      }
      return cell
    }
    case 'date': {
      const day = typeof value === 'string' ? value : ''
      const cell: DateCell = { kind: GridCellKind.Custom, allowOverlay: true, readonly: !mayEdit, copyData: day, data: { kind: 'date', day, shown: showDate(day) } }
      return cell
    }
    case 'multipleRecordLinks': {
      const ids = Array.isArray(value) ? value.map(linkedId) : []
      return chips('link', ids.map(id => nameOf(field.options?.linkedTableId ?? '', id) ?? '…'))
    }
    case 'multipleAttachments':
      return chips('file', Array.isArray(value) ? value.map(a => (a as Attachment).filename) : [])
    default: {
      const text = showAnything(value)
      if (isNotation(field.type)) {
        const cell: NotationCell = { kind: GridCellKind.Text, data: text, displayData: shown(text), allowOverlay: true, readonly: !mayEdit, allowWrapping: false, notation: field.type }
        return cell
      }
      return {
        kind: GridCellKind.Text, data: text, displayData: text.includes('\n') ? text.replace(/\s*\n\s*/g, ' ') : text,
        allowOverlay: true, readonly: !mayEdit || !isText(field.type), allowWrapping: false,
      }
    }
  }
}

/** A tick is in the product's colour, selected or not; one that reads on light and on dark. */
const ticked = { textMedium: '#17918a' }

export const isText = (type: string) => ['singleLineText', 'multilineText', 'richText', 'email', 'url', 'phoneNumber'].includes(type)

function chips(look: 'link' | 'file', names: string[]): ChipsCell {
  return { kind: GridCellKind.Custom, allowOverlay: names.length > 0, readonly: true, copyData: names.join(', '), data: { kind: 'chips', look, names } }
}

const linkedId = (link: unknown) => (typeof link === 'string' ? link : ((link as { id?: string })?.id ?? ''))

const formats = new Map<number | undefined, Intl.NumberFormat>()
export function showNumber(value: number, precision?: number): string {
  let format = formats.get(precision)
  if (!format) {
    // Thin spaces would be prettier, but what is shown should be what can be typed and pasted.
    format = new Intl.NumberFormat('en', { useGrouping: false, minimumFractionDigits: precision ?? 0, maximumFractionDigits: precision ?? 15 })
    formats.set(precision, format)
  }
  return format.format(value)
}

/** A type this version has no cell for is still readable. */
function showAnything(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(showAnything).join(', ')
  if (typeof value === 'object') {
    const { name, error, text } = value as { name?: string; error?: string; text?: string }
    return name ?? error ?? text ?? JSON.stringify(value)
  }
  return String(value)
}
