import { expect, it } from 'vitest'
import type { Table } from '../api/types'
import { inOrder, moved, questionsOf } from './questions'

const table = { id: 'tbl', name: 'Faults', primaryFieldId: 'a', fields: [{ id: 'a', name: 'What', type: 'singleLineText' }, { id: 'b', name: 'Depth', type: 'number' }, { id: 'c', name: 'Sum', type: 'formula' }, { id: 'd', name: 'Part', type: 'multipleRecordLinks' }] } as Table

it('asks at first for what the view shows and a stranger can answer', () => {
  expect(questionsOf(table, {})).toEqual([{ field: 'a' }, { field: 'b' }])
  expect(questionsOf(table, { fields: [{ field: 'b', hidden: true }] })).toEqual([{ field: 'a' }])
  expect(questionsOf(table, { options: { fields: [{ field: 'b', required: true }, { field: 'gone' }] } })).toEqual([{ field: 'b', required: true }])
})

it('a question that is moved before the one it depends on is asked always', () => {
  const when = [{ field: 'a', operator: 'isNotEmpty' as const }]
  const questions = [{ field: 'a' }, { field: 'b', label: 'How deep?', when }]
  expect(inOrder(questions)).toEqual(questions)
  expect(moved(questions, 1, 0)).toEqual([{ field: 'b', label: 'How deep?' }, { field: 'a' }])
})
