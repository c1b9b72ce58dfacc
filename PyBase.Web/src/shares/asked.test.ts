import { expect, it } from 'vitest'
import type { FormCondition, Question } from '../api/shares'
import { asked, isBlank } from './asked'

const choices = [{ id: 'selA', name: 'Crack' }, { id: 'selB', name: 'Wear' }]
const question = (id: string, type: string, ...when: FormCondition[]): Question => ({ field: { id, name: id, type, options: { choices } }, label: id, required: false, when })
const ids = (questions: Question[]) => questions.map(q => q.field.id)

it('asks by choices that were made, one of several being enough', () => {
  const form = [question('kind', 'multipleSelects'), question('depth', 'number', { field: 'kind', operator: 'is', value: ['selA'] })]
  expect(ids(asked(form, {}))).toEqual(['kind'])
  expect(ids(asked(form, { kind: ['Wear'] }))).toEqual(['kind'])
  expect(ids(asked(form, { kind: ['Wear', 'Crack'] }))).toEqual(['kind', 'depth'])
})

it('does not go by the answer to a question that is no longer asked', () => {
  const form = [question('a', 'checkbox'), question('b', 'singleLineText', { field: 'a', operator: 'is', value: ['true'] }), question('c', 'singleLineText', { field: 'b', operator: 'isNotEmpty' })]
  expect(ids(asked(form, { a: true, b: 'x' }))).toEqual(['a', 'b', 'c'])
  expect(ids(asked(form, { a: null, b: 'x' }))).toEqual(['a'])
})

it('takes an unticked box for an answer, and emptiness for none', () => {
  const form = (operator: FormCondition['operator'], ...value: string[]) => [question('a', 'checkbox'), question('b', 'number', { field: 'a', operator, value })]
  expect(asked(form('is', 'false'), {})).toHaveLength(2)
  expect(asked(form('isNot', 'true'), { a: true })).toHaveLength(1)
  expect([null, '  ', [], false].every(isBlank) && !isBlank(0)).toBe(true)
})
