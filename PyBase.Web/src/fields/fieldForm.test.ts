import { expect, it } from 'vitest'
import type { Table } from '../api/types'
import { emptyForm, formOf, likely, likelyName, missing, newField, optionsOf } from './fieldForm'

const form = { ...emptyForm, name: ' Mass ', type: 'number', options: { precision: 2, formula: 'left over' } }

it('sends the options its type must have, and no others', () => {
  expect(newField(form)).toEqual({ name: 'Mass', type: 'number', options: { precision: 2 } })
  expect(newField({ ...form, type: 'multilineText' })).toEqual({ name: 'Mass', type: 'multilineText' })
  expect(newField({ ...form, type: 'multipleRecordLinks', options: { linkedTableId: 'tbl1' } }).options).toEqual({ linkedTableId: 'tbl1' })
})

it('reads choices from lines and commas, each once, after those that are there', () => {
  const { choices } = optionsOf({ ...form, type: 'singleSelect', choices: 'Steel, Brass\nSteel\n\n PA6 ', known: [{ id: 'sel1', name: 'Brass', color: 'redBright' }] })!
  expect(choices!.map(c => c.name)).toEqual(['Brass', 'Steel', 'PA6'])
  expect(choices![0]!.id).toBe('sel1')
})

it('says what is missing before a field can be made', () => {
  expect(missing({ ...form, name: ' ' }, [])).toBe('name')
  expect(missing({ ...form, type: 'rollup', options: {} }, [])).toBe('link')
  expect(missing({ ...form, type: 'rollup', options: { recordLinkFieldId: 'fld1' } }, [])).toBe('field')
  expect(missing({ ...form, type: 'formula', options: { formula: '1' } }, [])).toBeNull()
})

it('a field that is changed keeps what the dialog does not ask', () => {
  const field = { id: 'fld1', name: 'Due', type: 'dateTime', options: { timeZone: 'utc' } }
  expect(optionsOf(formOf(field))).toMatchObject({ timeZone: 'utc' })
})

it('begins with what a type most likely means, and a name for it', () => {
  const table = (id: string, name: string, ...fields: Table['fields']): Table => ({ id, name, primaryFieldId: fields[0]!.id, fields, views: [] })
  const parts = table('tblParts', 'Parts', { id: 'fp1', name: 'Part', type: 'singleLineText' }, { id: 'fp2', name: 'Price', type: 'currency' })
  const suppliers = table('tblSuppliers', 'Suppliers', { id: 'fs1', name: 'Name', type: 'singleLineText' }, { id: 'fs2', name: 'Parts', type: 'multipleRecordLinks', options: { linkedTableId: 'tblParts' } })
  const tables = [parts, suppliers]
  const named = (type: string, of: Table) => likelyName({ ...emptyForm, type, options: likely(type, of, tables) }, of, tables)
  expect(likely('multipleRecordLinks', parts, tables)).toEqual({ linkedTableId: 'tblSuppliers' })
  expect(likely('rollup', suppliers, tables)).toEqual({ recordLinkFieldId: 'fs2', fieldIdInLinkedTable: 'fp2' })
  expect(likely('rollup', parts, tables)).toEqual({})
  expect(['multipleRecordLinks', 'rollup', 'count', 'number'].map(type => named(type, suppliers))).toEqual(['Parts 2', 'Price (Parts)', '# Parts', ''])
  expect(missing({ ...emptyForm, type: 'rollup', options: likely('rollup', suppliers, tables) }, tables, 'Price (Parts)')).toBeNull()
})
