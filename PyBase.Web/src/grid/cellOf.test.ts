import { GridCellKind, type EditableGridCell } from '@glideapps/glide-data-grid'
import { describe, expect, it } from 'vitest'
import type { Field } from '../api/types'
import { readDate, showDate } from '../fields/dates'
import { readNumber, showNumber } from '../fields/numbers'
import { cellOf } from './cellOf'
import { choicePaint } from './choiceColours'
import { frameOf, stackOf } from './engineering'
import { sameValue, valueOf } from './valueOf'

const field = (type: string, options = {}): Field => ({ id: 'fld1', name: 'F', type, options })
const names = (_: string, id: string) => ({ rec1: 'Bolt', rec2: 'Nut' })[id]
const round = (f: Field, value: unknown) => valueOf(f, cellOf(f, value, names) as EditableGridCell)

describe('a value goes into a cell and comes back the same', () => {
  it.each([
    ['singleLineText', 'M8×40'],
    ['multilineText', 'one\ntwo'],
    ['number', 0],
    ['number', -12.5],
    ['checkbox', true],
    ['singleSelect', 'Done'],
    ['date', '2026-11-23'],
    ['dateTime', '2026-11-23T10:00:00.000Z'],
    ['percent', 0.125],
    ['rating', 3],
    ['multipleSelects', ['Steel', 'Brass']],
    ['singleCollaborator', { id: 'usr1', email: 'ada@example.org', name: 'Ada' }],
    ['multipleRecordLinks', ['rec1', 'rec2']],
  ])('%s %s', (type, value) => expect(round(field(type, { linkedTableId: 'tbl2' }), value)).toEqual(value))

  it.each(['singleLineText', 'number', 'checkbox', 'singleSelect', 'date', 'multipleSelects', 'multipleRecordLinks', 'multipleCollaborators'])('an empty %s is null, never "" or 0', type =>
    expect(round(field(type), undefined)).toBeNull())
})

it('a notation is shown and edited as its text, and typing the same again changes nothing', () => {
  const length = { text: '⌀10 +0.2/-0.1 mm', key: '10|9.9|10.2', number: 10 }
  expect(cellOf(field('quantity'), length, names)).toMatchObject({ kind: GridCellKind.Text, data: length.text, displayData: 'Ø10 +0.2/-0.1 mm', readonly: false, notation: 'quantity' })
  expect(sameValue('⌀10 +0.2/-0.1 mm', length)).toBe(true)
  expect(sameValue('10', length)).toBe(false)
  expect(stackOf(length.text)).toEqual({ before: '⌀10', upper: '+0.2', lower: '-0.1', behind: 'mm' })
  expect(stackOf('10 ±0.1 mm')).toBeNull()
})

it('a frame falls apart into its compartments', () => {
  expect(frameOf('4x ⌖|⌀0.1Ⓜ|A|BⓂ; ⌀0.05|A')).toEqual({
    count: '4x', rows: [{ symbol: '⌖', compartments: ['⌀0.1Ⓜ', 'A', 'BⓂ'] }, { symbol: '', compartments: ['⌀0.05', 'A'] }],
  })
  expect(frameOf('see note 4')).toBeNull()
})

it('a linked row shows its name, or that it is still coming', () => {
  const cell = cellOf(field('multipleRecordLinks', { linkedTableId: 'tbl2' }), ['rec1', 'recX', { id: 'rec2' }], names)
  expect(cell).toMatchObject({ copyData: 'Bolt, …, Nut' })
})

it('attachments show their file names', () => {
  expect(cellOf(field('multipleAttachments'), [{ id: 'att1', filename: 'a.step' }], names)).toMatchObject({ copyData: 'a.step' })
})

it('a type it does not know is readable and not edited', () => {
  expect(cellOf(field('somethingNew'), { id: 'x', name: 'Ada' }, names)).toMatchObject({ kind: GridCellKind.Text, data: 'Ada', readonly: true })
  expect(cellOf(field('createdBy'), { id: 'usr1', name: 'Ada' }, names)).toMatchObject({ copyData: 'Ada', readonly: true })
})

it('what a formula gives is shown as its own type, and its error as an error', () => {
  expect(cellOf(field('formula', { result: { type: 'currency', options: { symbol: '€', precision: 2 } } }), 3.5, names)).toMatchObject({ copyData: '€3.50', readonly: true })
  expect(cellOf(field('formula', { result: { type: 'number' } }), { error: '#ERROR!' }, names)).toMatchObject({ data: '#ERROR!', readonly: true })
  expect(cellOf(field('multipleLookupValues', { result: { type: 'number', options: { precision: 1 } } }), [1, 2.25], names)).toMatchObject({ data: '1.0, 2.3' })
})

it('numbers keep their decimals and show the places their field has', () => {
  expect(showNumber(1234.5, { type: 'number', options: {} })).toBe('1234.5')
  expect(showNumber(2, { type: 'number', options: { precision: 2 } })).toBe('2.00')
})

it('dates are shown without an order to guess at, and read from what people paste', () => {
  expect(showDate('2026-01-02')).toBe('2 Jan 2026')
  expect(readDate('2026-01-02T10:00:00Z')).toBe('2026-01-02')
  expect(readDate('2 Jan 2026')).toBe('2026-01-02')
  expect(readDate('soon')).toBeNull()
})

it('every colour name of a choice has a paint, unknown ones are grey', () => {
  expect(choicePaint('tealLight2', false)).not.toEqual(choicePaint('redLight2', false))
  expect(choicePaint('nonsense', true)).toEqual(choicePaint(undefined, true))
})

it('empty is empty, whether null or absent', () => {
  expect(sameValue(null, undefined)).toBe(true)
  expect(sameValue(['rec1'], ['rec1'])).toBe(true)
  expect(sameValue(0, null)).toBe(false)
})

it('reads numbers with a point or a comma, and nothing else', () => {
  expect(['12', '-0,5', '.5', '1 000', '1e3'].map(readNumber)).toEqual([12, -0.5, 0.5, 1000, 1000])
  expect(['', '-', 'M8', '1,2,3'].map(readNumber)).toEqual([undefined, undefined, undefined, undefined])
})
