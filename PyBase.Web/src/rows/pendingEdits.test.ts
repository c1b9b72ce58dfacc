import { expect, it } from 'vitest'
import { addEdits, answerEdits, dropEdits, noEdits, renameEdits, settleEdits, shownValue } from './pendingEdits'

const edits = addEdits(noEdits, 'm1', [{ id: 'rec1', fields: { fldA: 'mine', fldB: null } }])

it('an edit is shown at once, an emptied cell too', () => {
  expect(shownValue(edits, 'rec1', 'fldA', 'stored')).toBe('mine')
  expect(shownValue(edits, 'rec1', 'fldB', 'stored')).toBeNull()
  expect(shownValue(edits, 'rec2', 'fldA', 'stored')).toBe('stored')
})

it('stays until the feed has reached the version that contains it', () => {
  const known = answerEdits(edits, 'm1', 8)
  expect(shownValue(settleEdits(known, 7), 'rec1', 'fldA', 'stored')).toBe('mine')
  expect(settleEdits(known, 8).size).toBe(0)
})

it('a refused edit gives the stored value back, a later edit of the same cell stays', () => {
  const twice = addEdits(edits, 'm2', [{ id: 'rec1', fields: { fldA: 'later' } }])
  const after = dropEdits(twice, 'm1')
  expect(shownValue(after, 'rec1', 'fldA', 'stored')).toBe('later')
  expect(shownValue(after, 'rec1', 'fldB', 'stored')).toBe('stored')
})

it('an edit of a row that was made here goes along when the row gets its id', () => {
  const after = renameEdits(edits, 'rec1', 'rec9')
  expect([shownValue(after, 'rec9', 'fldA', 'stored'), shownValue(after, 'rec1', 'fldA', 'stored')]).toEqual(['mine', 'stored'])
})
