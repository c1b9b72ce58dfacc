import { describe, expect, it } from 'vitest'
import type { Change, ChangesMessage, RecordRow } from '../api/types'
import { RowWindow } from './rowWindow'

const record = (id: string, name = id): RecordRow => ({ id, fields: { fldA: name } })
const message = (version: number, ...changes: Change[]): ChangesMessage => ({ id: 'tbl1', from: version, version, changes })
const page = (version: number, start: number, ids: string[], total: number) => ({ start, records: ids.map(id => record(id)), total, exact: true, version })

describe('a window on rows', () => {
  it('has a hole for each row that nobody looked at', () => {
    const rows = new RowWindow()
    rows.takePage(page(1, 2, ['rec3', 'rec4'], 6), true)
    expect(rows.ids.length).toBe(6)
    expect(rows.holes(0, 6)).toEqual({ from: 0, to: 6 })
    expect(rows.holes(2, 4)).toBeNull()
    expect(rows.holes(3, 5)).toEqual({ from: 4, to: 5 })
  })

  it('changes and empties cells of rows it has, and ignores others', () => {
    const rows = new RowWindow()
    rows.takePage(page(1, 0, ['rec1'], 1), true)
    rows.takeMessage(message(2, { kind: 'cellsChanged', records: [{ id: 'rec1', fields: { fldA: null, fldB: 3 } }, { id: 'recX', fields: { fldA: 1 } }] }))
    expect(rows.byId.get('rec1')!.fields).toEqual({ fldB: 3 })
    expect(rows.byId.has('recX')).toBe(false)
  })

  it('does not let an older page overwrite what was heard since', () => {
    const rows = new RowWindow()
    rows.takePage(page(5, 0, ['rec1'], 2), true)
    rows.takeMessage(message(6, { kind: 'cellsChanged', records: [record('rec2', 'new')] }))
    rows.takePage(page(5, 1, ['rec2'], 2), false)
    expect(rows.byId.get('rec2')!.fields).toEqual({ fldA: 'new' })
    rows.takePage(page(7, 1, ['rec2'], 2), false)
    expect(rows.byId.get('rec2')!.fields).toEqual({ fldA: 'rec2' })
  })

  it('takes rows once, whether the answer or the message comes first, and none that a newer page has counted', () => {
    const rows = new RowWindow()
    rows.takePage(page(1, 0, ['rec0'], 1), true)
    const made = (from: number, count: number): Change => ({ kind: 'recordsCreated', records: Array.from({ length: count }, (_, n) => record(`rec${from + n}`)) })
    rows.apply([made(1, 500)], true)
    rows.apply([made(501, 200)], true)
    rows.takeMessage(message(2, made(1, 500)), true)
    rows.takeMessage(message(3, made(501, 200)), true)
    expect(rows.ids.length).toBe(701)
    rows.takeMessage(message(4, made(701, 1)), true)
    rows.apply([made(701, 1)], true)
    expect(rows.ids.length).toBe(702)
    rows.takePage(page(6, 700, ['rec700', 'rec701'], 704), false)
    rows.takeMessage(message(6, made(702, 2)), true)
    expect(rows.ids.length).toBe(704)
  })

  it('closes the gap of a row that goes, and knows nothing of it any more', () => {
    const rows = new RowWindow()
    rows.takePage(page(1, 0, ['rec1', 'rec2', 'rec3'], 3), true)
    rows.takeMessage(message(2, { kind: 'recordsDeleted', ids: ['rec2'] }))
    expect(rows.ids).toEqual(['rec1', 'rec3'])
  })

  it('keeps what is near when it keeps too much', () => {
    const rows = new RowWindow()
    rows.takePage(page(1, 0, Array.from({ length: 100 }, (_, n) => `rec${n}`), 100), true)
    rows.prune(50, 60, 40)
    expect(rows.byId.size).toBe(30)
    expect(rows.ids.length).toBe(100)
    expect(rows.holes(40, 70)).toBeNull()
  })
})
