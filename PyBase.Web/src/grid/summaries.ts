import type { CellValue, Field } from '../api/types'
import { displayAs } from '../fields/display'
import { shownAs } from '../fields/shownAs'

const always = ['countFilled', 'countEmpty', 'percentFilled', 'percentEmpty', 'countUnique']
const ofNumbers = ['sum', 'average', 'median', 'min', 'max', 'range', 'deviation']
const numbers = new Set(['number', 'currency', 'percent', 'duration', 'rating', 'quantity'])

/** What can be told of all cells of a field. */
export function summariesOf(field: Field): readonly string[] {
  const { type } = shownAs(field)
  if (numbers.has(type)) return [...ofNumbers, ...always]
  if (type === 'checkbox') return ['countChecked', 'countUnchecked', 'percentChecked']
  if (type === 'date' || type === 'dateTime') return ['earliest', 'latest', 'range', ...always]
  return type === 'multipleAttachments' ? ['totalSize', ...always.slice(0, 4)] : always
}

/** Sums are in the field's own form, counts are numbers, shares are percent. */
export function showSummary(field: Field, name: string, value: CellValue): string {
  if (value === null || value === undefined) return '–'
  if (typeof value !== 'number') return displayAs(shownAs(field), value)
  if (name.startsWith('percent')) return `${(100 * value).toLocaleString('en', { maximumFractionDigits: 1 })} %`
  if (name.startsWith('count')) return value.toLocaleString('en')
  if (name === 'totalSize') return `${(value / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
  const shown = shownAs(field)
  if (shown.type === 'number' || !numbers.has(shown.type) || shown.type === 'rating' || shown.type === 'quantity') return value.toLocaleString('en', { maximumFractionDigits: name === 'average' || name === 'deviation' ? 2 : 6 })
  return displayAs(shown, value)
}
