import { expect, it } from 'vitest'
import type { Table } from '../api/types'
import { applyToTables } from './schemaChanges'

const field = (id: string, name = id) => ({ id, name, type: 'singleLineText' })
const table = (id: string, ...fields: string[]): Table =>
  ({ id, name: id, primaryFieldId: fields[0] ?? '', fields: fields.map(f => field(f)), views: [] })
const base = [table('tbl1', 'fld1')]

it('a table that a drop made becomes a tab', () => {
  const after = applyToTables(base, 'app1', { kind: 'tableAdded', table: table('tbl2', 'fld9') })
  expect(after?.map(t => t.id)).toEqual(['tbl1', 'tbl2'])
})

it('is the same when told twice', () => {
  const change = { kind: 'tableAdded' as const, table: table('tbl1', 'fld1') }
  expect(applyToTables(base, 'app1', change)).toEqual(base)
})

it('keeps the fields of a table that was only renamed', () => {
  const renamed = { id: 'tbl1', name: 'New name' } as Table
  const after = applyToTables(base, 'app1', { kind: 'tableChanged', table: renamed })
  expect(after?.[0]).toMatchObject({ name: 'New name', fields: [field('fld1')] })
})

it('asks for a load when a new table comes without its fields', () => {
  expect(applyToTables(base, 'app1', { kind: 'tableAdded', table: { id: 'tbl2', name: 'x' } as Table })).toBeNull()
})

it('adds, renames and removes fields of the table that told of them', () => {
  const added = applyToTables(base, 'tbl1', { kind: 'fieldAdded', field: field('fld2') })!
  expect(added[0]!.fields.map(f => f.id)).toEqual(['fld1', 'fld2'])
  const renamed = applyToTables(added, 'tbl1', { kind: 'fieldChanged', field: field('fld2', 'Mass') })!
  expect(renamed[0]!.fields[1]!.name).toBe('Mass')
  expect(applyToTables(renamed, 'tbl1', { kind: 'fieldRemoved', id: 'fld2' })![0]!.fields).toHaveLength(1)
})
