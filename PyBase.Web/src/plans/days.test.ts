import { expect, it } from 'vitest'
import { dayNumber, dayText, dragged, lines, ticks } from './days'

it('days are whole numbers in a row, also over a leap day', () => {
  expect(dayNumber('2028-03-01') - dayNumber('2028-02-28')).toBe(2)
  expect(dayText(dayNumber('1969-12-31') + 1)).toBe('1970-01-01')
})

it('marks are Mondays of a week and firsts of a month', () => {
  const [from, to] = [dayNumber('2026-11-23'), dayNumber('2026-12-07')]
  expect(ticks(from, to, 'week').map(dayText)).toEqual(['2026-11-23', '2026-11-30', '2026-12-07'])
  expect(ticks(from, to, 'month').map(dayText)).toEqual(['2026-12-01'])
  expect(ticks(from, to, 'day').length).toBe(15)
  expect(ticks(from, dayNumber('2027-04-02'), 'quarter').map(dayText)).toEqual(['2027-01-01', '2027-04-01'])
  expect(ticks(from, dayNumber('2028-06-01'), 'year').map(dayText)).toEqual(['2027-01-01', '2028-01-01'])
})

it('a bar keeps its length when it is moved, and never ends before it begins', () => {
  const bar = { id: 'a', start: 10, end: 14 }
  expect(dragged(bar, 'move', -3)).toEqual({ id: 'a', start: 7, end: 11 })
  expect(dragged(bar, 'end', -9)).toEqual({ id: 'a', start: 10, end: 10 })
  expect(dragged(bar, 'start', 9)).toEqual({ id: 'a', start: 14, end: 14 })
})

it('bars that touch stand in lines of their own, others share one', () => {
  const bar = (id: string, start: number, end: number) => ({ id, start, end })
  const found = lines([bar('late', 20, 25), bar('first', 1, 9), bar('over', 5, 30), bar('next', 10, 19)])
  expect(found.map(line => line.map(b => b.id))).toEqual([['first', 'next', 'late'], ['over']])
  expect(lines([])).toEqual([])
})
