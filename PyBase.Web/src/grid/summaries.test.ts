import { expect, it } from 'vitest'
import { showSummary, summariesOf } from './summaries'

const field = (type: string, options = {}) => ({ id: 'f', name: 'f', type, options })

it('offers what makes sense of the field', () => {
  expect(summariesOf(field('currency'))).toContain('sum')
  expect(summariesOf(field('singleLineText'))).not.toContain('sum')
  expect(summariesOf(field('checkbox'))).toEqual(['countChecked', 'countUnchecked', 'percentChecked'])
})

it('shows sums as the field shows its cells, and shares as percent', () => {
  expect(showSummary(field('currency', { precision: 2, symbol: '€' }), 'sum', 1234.5)).toBe('€1,234.50')
  expect(showSummary(field('number'), 'average', 2.34567)).toBe('2.35')
  expect(showSummary(field('currency'), 'percentFilled', 0.255)).toBe('25.5 %')
  expect(showSummary(field('number'), 'countUnique', 1200)).toBe('1,200')
  expect(showSummary(field('number'), 'max', null)).toBe('–')
})
