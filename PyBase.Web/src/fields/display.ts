import type { Attachment, CellValue, Field, Person } from '../api/types'
import type { NameOf } from '../rows/useLinkNames'
import { showDate, showMoment, zoneOf } from './dates'
import { showNumber } from './numbers'
import { shownAs, type Shown } from './shownAs'

/** The code of what stands in the cell in place of a value, if so. */
export const errorOf = (value: CellValue): string | undefined =>
  typeof value === 'object' && value !== null && 'error' in value ? String((value as { error: unknown }).error) : undefined

/** Any cell as text. */
export function display(field: Field, value: CellValue, nameOf?: NameOf): string {
  if (value === null || value === undefined) return ''
  const failure = errorOf(value)
  if (failure) return failure
  if (field.type === 'multipleRecordLinks') return linkedIds(value).map(id => nameOf?.(String(field.options?.linkedTableId ?? ''), id) ?? '…').join(', ')
  return displayAs(shownAs(field), value)
}

export function displayAs(shown: Shown, value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(v => displayAs(shown, v)).join(', ')
  if (typeof value === 'number') return showNumber(value, shown)
  if (typeof value === 'boolean') return value ? '✓' : ''
  if (typeof value === 'string') return shown.type === 'date' ? showDate(value) : shown.type === 'dateTime' ? showMoment(value, zoneOf(shown.options)) : value
  const { name, text, filename, label, value: inner, error, specialValue, email } = value as Partial<Person & Attachment> & Record<string, unknown>
  return String(text ?? name ?? filename ?? label ?? error ?? specialValue ?? email ?? (inner === undefined ? JSON.stringify(value) : displayAs(shown, inner)))
}

export const linkedIds = (value: CellValue): string[] =>
  Array.isArray(value) ? value.map(link => (typeof link === 'string' ? link : ((link as { id?: string })?.id ?? ''))).filter(Boolean) : []

/** Names of several: choices, people, files. */
export const names = (value: CellValue): string[] =>
  (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]).map(v => displayAs({ type: '', options: {} }, v as CellValue))
