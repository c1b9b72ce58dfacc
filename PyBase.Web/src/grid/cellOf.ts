import { GridCellKind, type GridCell } from '@glideapps/glide-data-grid'
import type { CellValue, Field, Person } from '../api/types'
import { zoneOf } from '../fields/dates'
import { display, displayAs, errorOf, linkedIds, names } from '../fields/display'
import { isComputed, isText, isTypedAsText, shownAs } from '../fields/shownAs'
import type { NameOf } from '../rows/useLinkNames'
import type { ChipsCell } from './cells/ChipsCell'
import type { DateCell } from './cells/DateCell'
import type { LinksCell } from './cells/LinksCell'
import type { NumberCell } from './cells/NumberCell'
import type { PeopleCell } from './cells/PeopleCell'
import type { SelectCell } from './cells/SelectCell'
import type { TagsCell } from './cells/TagsCell'
import { isNotation, shown as shownNotation, type NotationCell } from './engineering'

/** A value as it is on the wire → what the grid draws and edits. */
export function cellOf(field: Field, value: CellValue, nameOf: NameOf, mayEdit = true): GridCell {
  const failure = errorOf(value)
  if (failure) return { ...text(failure, true), themeOverride: failed }
  const shown = shownAs(field)
  const readonly = !mayEdit || isComputed(field.type)
  if (Array.isArray(value) && field.type === 'multipleLookupValues')
    return shown.type === 'multipleAttachments' ? chips('file', names(value)) : text(displayAs(shown, value), true)
  switch (shown.type) {
    case 'number': case 'currency': case 'percent': case 'duration': case 'rating': {
      if (value !== undefined && value !== null && typeof value !== 'number') return text(display(field, value), true)
      const number = typeof value === 'number' ? value : undefined
      return custom<NumberCell>({ kind: 'number', value: number, shown }, number === undefined ? '' : displayAs(shown, number), readonly)
    }
    case 'checkbox':
      return { kind: GridCellKind.Boolean, data: value === true, allowOverlay: false, readonly, themeOverride: value === true ? ticked : undefined }
    case 'singleSelect': case 'status': {
      const name = typeof value === 'string' ? value : ''
      return custom<SelectCell>({ kind: 'select', name, choices: field.options?.choices ?? [] }, name, readonly)
    }
    case 'multipleSelects': {
      const chosen = Array.isArray(value) ? value.map(String) : []
      return custom<TagsCell>({ kind: 'tags', names: chosen, choices: field.options?.choices ?? [] }, chosen.join(', '), readonly)
    }
    case 'date': case 'dateTime': {
      const moment = typeof value === 'string' ? value : ''
      const hasTime = shown.type === 'dateTime'
      return custom<DateCell>({ kind: 'date', value: moment, hasTime, zone: hasTime ? zoneOf(shown.options) : undefined }, displayAs(shown, moment), readonly)
    }
    case 'singleCollaborator': case 'multipleCollaborators': {
      const people = (Array.isArray(value) ? value : value ? [value] : []) as Person[]
      return custom<PeopleCell>({ kind: 'people', people, many: shown.type === 'multipleCollaborators' }, names(people as CellValue).join(', '), readonly)
    }
    case 'multipleRecordLinks': {
      const table = String(field.options?.linkedTableId ?? '')
      const records = linkedIds(value).map(id => ({ id, name: nameOf(table, id) ?? '…' }))
      return custom<LinksCell>({ kind: 'links', table, records, single: field.options?.prefersSingleRecordLink === true }, records.map(r => r.name).join(', '), readonly)
    }
    case 'multipleAttachments':
      return chips('file', names(value))
    case 'button':
      return chips('button', value ? [display(field, value)] : [])
    default:
      if (isNotation(field.type)) return { ...text(display(field, value), readonly), displayData: shownNotation(display(field, value)), notation: field.type } as NotationCell
      return text(display(field, value), readonly || !(isText(field.type) || isTypedAsText(field.type)))
  }
}

/** A tick is in the product's colour, selected or not; one that reads on light and on dark. */
const ticked = { textMedium: '#17918a' }
const failed = { textDark: '#c0392b' }

function text(data: string, readonly: boolean): GridCell {
  return { kind: GridCellKind.Text, data, displayData: data.includes('\n') ? data.replace(/\s*\n\s*/g, ' ') : data, allowOverlay: true, readonly, allowWrapping: false }
}

function custom<T extends { kind: GridCellKind.Custom; data: unknown }>(data: T['data'], copyData: string, readonly: boolean) {
  return { kind: GridCellKind.Custom, allowOverlay: true, readonly, copyData, data } as unknown as GridCell
}

function chips(look: 'file' | 'button', shown: string[]): ChipsCell {
  return { kind: GridCellKind.Custom, allowOverlay: shown.length > 0, readonly: true, copyData: shown.join(', '), data: { kind: 'chips', look, names: shown } }
}
