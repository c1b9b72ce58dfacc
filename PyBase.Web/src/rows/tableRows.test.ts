import { describe, expect, it } from 'vitest'
import type { Change, ChangesMessage } from '../api/types'
import { addPage, applyChanges, applyMessage, noRows, type Page } from './tableRows'

const record = (id: string, a: unknown = id) => ({ id, fields: { fldA: a } })
const page = (version: number, ids: string[], offset?: string): Page => ({ version, records: ids.map(id => record(id)), offset })
const message = (version: number, ...changes: Change[]): ChangesMessage => ({ id: 'tbl1', from: version, version, changes })
const loaded = addPage(noRows, page(5, ['rec1', 'rec2']), [])

describe('changes', () => {
  it('sets and empties cells of rows it has, and ignores others', () => {
    const after = applyChanges(loaded, [
      { kind: 'cellsChanged', records: [{ id: 'rec1', fields: { fldA: null, fldB: 3 } }, { id: 'recX', fields: { fldA: 1 } }] },
    ])
    expect(after.byId.get('rec1')!.fields).toEqual({ fldB: 3 })
    expect(after.byId.has('recX')).toBe(false)
    expect(loaded.byId.get('rec1')!.fields).toEqual({ fldA: 'rec1' })
  })

  it('adds a row once, however often it is told', () => {
    const change: Change = { kind: 'recordsCreated', records: [record('rec3')] }
    const after = applyChanges(applyChanges(loaded, [change, change]), [change])
    expect(after.ids).toEqual(['rec1', 'rec2', 'rec3'])
  })

  it('a row created and deleted in one message leaves no trace', () => {
    const after = applyChanges(loaded, [
      { kind: 'recordsCreated', records: [record('rec3')] },
      { kind: 'recordsDeleted', ids: ['rec3', 'rec1'] },
    ])
    expect(after.ids).toEqual(['rec2'])
    expect([...after.byId.keys()]).toEqual(['rec2'])
  })
})

describe('pages', () => {
  it('keep rows heard of early at the end until their page comes', () => {
    let rows = addPage(noRows, page(5, ['rec1'], 'next'), [])
    rows = applyMessage(rows, message(6, { kind: 'recordsCreated', records: [record('rec9')] }))
    expect([rows.ids, rows.tail]).toEqual([['rec1'], ['rec9']])
    rows = addPage(rows, page(6, ['rec2', 'rec9']), [])
    expect([rows.ids, rows.tail]).toEqual([['rec1', 'rec2', 'rec9'], []])
  })

  it('do not bring back what was deleted while they were on their way', () => {
    let rows = addPage(noRows, page(5, ['rec1'], 'next'), [])
    const gone = message(6, { kind: 'recordsDeleted', ids: ['rec2'] })
    rows = applyMessage(rows, gone)
    rows = addPage(rows, page(5, ['rec2', 'rec3']), [gone])
    expect(rows.ids).toEqual(['rec1', 'rec3'])
  })

  it('do not overwrite a newer cell with an older page', () => {
    let rows = addPage(noRows, page(5, ['rec1'], 'next'), [])
    const changed = message(6, { kind: 'cellsChanged', records: [record('rec1', 'new')] })
    rows = applyMessage(rows, changed)
    rows = addPage(rows, page(5, ['rec1', 'rec2']), [changed])
    expect(rows.byId.get('rec1')!.fields).toEqual({ fldA: 'new' })
    expect(rows.ids).toEqual(['rec1', 'rec2'])
  })
})

it('a table at version 0 is known, one without a version is not', () => {
  expect(addPage(noRows, page(0, []), []).version).toBe(0)
  expect(addPage(noRows, { records: [], version: null }, []).version).toBeLessThan(0)
})
