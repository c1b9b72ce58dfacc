import type { Change, Field, Table } from '../api/types'

/** The tables of a base after one change told by the base's or by one table's feed. `null`: not enough is known, load again. */
export function applyToTables(tables: readonly Table[], source: string, change: Change): readonly Table[] | null {
  switch (change.kind) {
    case 'tableAdded':
    case 'tableChanged': {
      const table = change.table
      const old = tables.find(t => t.id === table.id)
      if (!old && !table.fields) return null
      const merged: Table = { ...old, ...table, fields: table.fields ?? old!.fields, views: table.views ?? old?.views ?? [] }
      return old ? tables.map(t => (t.id === table.id ? merged : t)) : [...tables, merged]
    }
    case 'tableRemoved':
      return tables.filter(t => t.id !== change.id)
    case 'fieldAdded':
    case 'fieldChanged':
      // A link has its other end in another table.
      if (change.kind === 'fieldAdded' && change.field.type === 'multipleRecordLinks') return null
      return changeFields(tables, source, fields => put(fields, change.field))
    case 'fieldRemoved':
      if (tables.some(t => t.fields.some(f => f.id === change.id && f.type === 'multipleRecordLinks'))) return null
      return changeFields(tables, source, fields => fields.filter(f => f.id !== change.id))
    case 'viewAdded':
    case 'viewChanged':
    case 'viewRemoved':
      return null
    default:
      return tables
  }
}

function changeFields(tables: readonly Table[], id: string, change: (fields: Field[]) => Field[]) {
  if (!tables.some(t => t.id === id)) return null
  return tables.map(t => (t.id === id ? { ...t, fields: change(t.fields) } : t))
}

function put(fields: Field[], field: Field): Field[] {
  return fields.some(f => f.id === field.id) ? fields.map(f => (f.id === field.id ? field : f)) : [...fields, field]
}
