import type { Field, Table } from '../api/types'
import type { ShownField, ViewSettings } from '../api/views'

/** The fields of a view in its order, hidden ones too; the primary field is always first, one that the view does not know yet comes last. */
export function orderedFields(table: Table, settings: ViewSettings): { field: Field; hidden: boolean; width?: number; aggregate?: string }[] {
  const known = (settings.fields ?? []).flatMap(({ field: id, hidden = false, width, aggregate }) => {
    const field = table.fields.find(f => f.id === id)
    return field ? [{ field, hidden: Boolean(hidden) && id !== table.primaryFieldId, width: width ?? undefined, aggregate: aggregate ?? undefined }] : []
  })
  const rest = table.fields.filter(f => !known.some(k => k.field === f)).map(field => ({ field, hidden: false, width: undefined, aggregate: undefined }))
  const all = [...known, ...rest]
  return [...all.filter(k => k.field.id === table.primaryFieldId), ...all.filter(k => k.field.id !== table.primaryFieldId)]
}

/** As the settings keep them. */
export const keepFields = (fields: readonly { field: Field; hidden: boolean; width?: number; aggregate?: string }[]): ShownField[] =>
  fields.map(({ field, hidden, width, aggregate }) => ({ field: field.id, ...(hidden && { hidden }), ...(width && { width: Math.round(width) }), ...(aggregate && { aggregate }) }))
