import { expect, it } from 'vitest'
import { fold, reconcile } from './reconcile'

it('takes several edits of a cell as one, from the first value to the last', () => {
  expect(fold([{ id: 'a', fields: { f: 2 }, was: { f: 1 } }, { id: 'a', fields: { f: 3, g: 'x' }, was: { f: 2, g: null } }]))
    .toEqual([{ id: 'a', fields: { f: 3, g: 'x' }, was: { f: 1, g: null } }])
})

it('sends what nobody touched and reports what somebody changed meanwhile', () => {
  const edits = [{ id: 'a', fields: { f: 2, g: 'mine' }, was: { f: 1, g: 'old' } }, { id: 'b', fields: { f: 5 }, was: { f: null } }]
  const after = reconcile(edits, new Map([['a', { f: 1, g: 'theirs' }], ['b', {}]]))
  expect(after.send).toEqual([{ id: 'a', fields: { f: 2 } }, { id: 'b', fields: { f: 5 } }])
  expect(after.conflicts).toEqual([{ id: 'a', field: 'g', was: 'old', mine: 'mine', theirs: 'theirs' }])
})

it('does not send again what has arrived though its answer was lost', () => {
  expect(reconcile([{ id: 'a', fields: { f: 2 }, was: { f: 1 } }], new Map([['a', { f: 2 }]]))).toEqual({ send: [], conflicts: [], gone: [] })
})

it('says which records are gone', () => {
  expect(reconcile([{ id: 'a', fields: { f: 2 }, was: { f: 1 } }], new Map()).gone).toEqual(['a'])
})
