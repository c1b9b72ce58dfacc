import { expect, it } from 'vitest'
import type { WidgetData } from '../api/dashboards'
import { isWhole, labelOf, labelOfTold, placed, showTold, titleOf, valueOf } from './told'

const data: WidgetData = { type: 'number', fields: [{ id: 'fldCost', name: 'Cost', type: 'currency', options: { precision: 2, symbol: '€' } }] }

it('a function is told in the form of its field, otherwise how many records there are', () => {
  const widget = { type: 'number' as const, aggregates: [{ field: 'fldCost', function: 'sum' }] }
  expect(showTold(widget, data, { count: 2, values: [1234.5] })).toBe('€1,234.50')
  expect(labelOfTold(widget, data)).toBe('Sum of Cost')
  expect(showTold({ type: 'number' }, data, { count: 1200 })).toBe('1,200')
  expect([valueOf({ count: 3 }), valueOf(null), valueOf({ count: 3, values: [0] })]).toEqual([3, null, 0])
})

it('a widget that nobody has named says what it shows; a number says it below itself', () => {
  expect(titleOf({ type: 'chart', title: ' ', groups: [{ field: 'fldCost' }] }, data)).toBe('Number of records by Cost')
  expect([titleOf({ type: 'pivot' }, undefined), titleOf({ type: 'number' }, data), titleOf({ type: 'text' }, data), titleOf({ type: 'list', title: 'Late' }, data)]).toEqual(['Pivot table', '', '', 'Late'])
})

it('records are counted in whole numbers', () => {
  expect([isWhole({}), isWhole({ aggregates: [{ field: 'fldCost', function: 'countEmpty' }] }), isWhole({ aggregates: [{ field: 'fldCost', function: 'sum' }] }), isWhole({ chart: 'scatter' })]).toEqual([true, true, false, false])
})

it('buckets without a value and all others have names', () => {
  expect([labelOf({ label: '', isOther: false }), labelOf({ label: '', isOther: true }), labelOf({ label: 'Open', isOther: false })]).toEqual(['(empty)', 'Others', 'Open'])
})

it('widgets stand in lines of twelve columns', () => {
  const of = (width: number, height: number) => ({ type: 'number' as const, place: { x: 0, y: 0, width, height } })
  expect(placed([of(8, 4), of(4, 2), of(6, 3)]).map(w => [w.place!.x, w.place!.y])).toEqual([[0, 0], [8, 0], [0, 4]])
})
