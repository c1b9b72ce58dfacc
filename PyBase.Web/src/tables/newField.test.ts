import { expect, it } from 'vitest'
import { newField } from './newField'

const form = { name: ' Mass ', type: 'number', choices: '', decimals: 2, linked: 'tbl1', unit: 'kg', scheme: 'any' }

it('sends the options its type must have, and no others', () => {
  expect(newField(form)).toEqual({ name: 'Mass', type: 'number', options: { precision: 2 } })
  expect(newField({ ...form, type: 'multilineText' })).toEqual({ name: 'Mass', type: 'multilineText' })
  expect(newField({ ...form, type: 'multipleRecordLinks' }).options).toEqual({ linkedTableId: 'tbl1' })
})

it('reads choices from lines and commas, each once', () => {
  const { options } = newField({ ...form, type: 'singleSelect', choices: 'Steel, Brass\nSteel\n\n PA6 ' })
  expect(options?.choices?.map(c => c.name)).toEqual(['Steel', 'Brass', 'PA6'])
})
