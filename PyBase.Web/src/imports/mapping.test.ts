import { expect, it } from 'vitest'
import type { ImportPreview } from '../api/imports'
import { goesTo, NEW, NOWHERE, send } from './mapping'

const preview: ImportPreview = {
  file: { format: 'csv', rows: 2 }, losses: [], rows: [],
  columns: [{ name: 'Part', type: 'singleLineText', filled: 2, ambiguous: false, examples: ['A'] }, { name: 'Qty', type: 'number', filled: 2, ambiguous: false, examples: ['1'] }],
  mapping: { table: 'tbl1', columns: [{ column: 'Part', field: 'fldA' }, { column: 'Qty', newField: { name: 'Qty', type: 'number' }, numbers: 'comma' }], merge: { on: ['fldA'] } },
}

it('moves a column and takes its field from the one that had it', () => {
  const after = send(preview.mapping, preview, 'Qty', 'fldA')
  expect(after.columns).toEqual([{ column: 'Qty', field: 'fldA', numbers: 'comma' }])
  expect(goesTo(after, 'Part')).toBe(NOWHERE)
})

it('forgets a key that no column fills any more', () => {
  expect(send(preview.mapping, preview, 'Part', NOWHERE).merge).toBeNull()
  expect(send(preview.mapping, preview, 'Qty', NOWHERE).merge).toEqual({ on: ['fldA'] })
})

it('keeps the order of the file and what was suggested for a new field', () => {
  const without = send(preview.mapping, preview, 'Part', NEW)
  expect(without.columns.map(c => c.column)).toEqual(['Part', 'Qty'])
  expect(without.columns[1]!.newField!.type).toBe('number')
})
