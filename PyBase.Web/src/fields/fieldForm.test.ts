import { expect, it } from 'vitest'
import { emptyForm, formOf, missing, newField, optionsOf } from './fieldForm'

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
