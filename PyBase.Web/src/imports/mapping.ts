import type { ImportMapping, ImportPreview, MappedColumn } from '../api/imports'
import type { Table } from '../api/types'

/** Where a column may go: nowhere, into a new field, into a field of the table. */
export const NOWHERE = '-', NEW = '+'

export const goesTo = (mapping: ImportMapping, column: string) => {
  const mapped = mapping.columns.find(c => c.column === column)
  return !mapped ? NOWHERE : mapped.newField ? NEW : (mapped.field ?? NOWHERE)
}

/** The mapping with one column going elsewhere; a field is filled from one column only, and what no column fills is no key. */
export function send(mapping: ImportMapping, preview: ImportPreview, column: string, to: string): ImportMapping {
  const suggested = preview.mapping.columns.find(c => c.column === column)
  const guess = preview.columns.find(c => c.name === column)
  const how = { ...(suggested?.numbers && { numbers: suggested.numbers }), ...(suggested?.dates && { dates: suggested.dates }) }
  const now: MappedColumn | null =
    to === NOWHERE ? null
    : to === NEW ? { column, newField: suggested?.newField ?? { name: column, type: guess?.type === 'number' ? 'number' : 'singleLineText', ...(guess?.type === 'number' && { options: { precision: 2 } }) }, ...how }
    : { column, field: to, ...how }
  const others = mapping.columns.filter(c => c.column !== column && (to === NEW || c.field !== to))
  const order = preview.columns.map(c => c.name)
  const columns = [...others, ...(now ? [now] : [])].sort((a, b) => order.indexOf(a.column) - order.indexOf(b.column))
  const on = (mapping.merge?.on ?? []).filter(key => columns.some(c => c.field === key))
  return { ...mapping, columns, merge: on.length ? { ...mapping.merge, on } : null }
}

/** Fields of the table that a column fills: by these its rows may meet records that are there. */
export const keyFields = (mapping: ImportMapping, table: Table | undefined) =>
  (table?.fields ?? []).filter(f => mapping.columns.some(c => c.field === f.id || c.field === f.name)).map(f => ({ value: mapping.columns.find(c => c.field === f.id || c.field === f.name)!.field!, label: f.name }))
