import { expect, it } from 'vitest'
import { numberCell } from './cells/NumberCell'
import { selectCell } from './cells/SelectCell'
import { pastedValue, tiled } from './pasted'

const renderers = [numberCell, selectCell(false)] as never
const field = (type: string, options = {}) => ({ id: 'f', name: 'f', type, options })

it('reads texts of a spreadsheet as values of their field', () => {
  expect(pastedValue(field('singleLineText'), 'M8', renderers)).toBe('M8')
  expect(pastedValue(field('currency', { precision: 2, symbol: '€' }), '€1,234.50', renderers)).toBe(1234.5)
  expect(pastedValue(field('singleSelect'), ' Steel ', renderers)).toBe('Steel')
  expect(pastedValue(field('checkbox'), 'TRUE', renderers)).toBe(true)
  expect(pastedValue(field('checkbox'), 'FALSE', renderers)).toBeNull()
  expect(pastedValue(field('number'), '', renderers)).toBeNull()
})

it('leaves what a field does not take', () => {
  expect(pastedValue(field('number'), 'many', renderers)).toBeUndefined()
  expect(pastedValue(field('formula', { result: { type: 'number' } }), '3', renderers)).toBeUndefined()
})

it('repeats a block over a selection that is a multiple of it', () => {
  expect(tiled([['a']], 2, 2)).toEqual([['a', 'a'], ['a', 'a']])
  expect(tiled([['a', 'b']], 2, 3)).toEqual([['a', 'b'], ['a', 'b'], ['a', 'b']])
  expect(tiled([['a', 'b']], 3, 1)).toEqual([['a', 'b']])
})
