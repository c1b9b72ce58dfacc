import { expect, it } from 'vitest'
import { dayNumber, dayText, dragged, ticks } from './days'

it('days are whole numbers in a row, also over a leap day', () => {
  expect(dayNumber('2028-03-01') - dayNumber('2028-02-28')).toBe(2)
  expect(dayText(dayNumber('1969-12-31') + 1)).toBe('1970-01-01')
})

it('marks are Mondays of a week and firsts of a month', () => {
  const [from, to] = [dayNumber('2026-11-23'), dayNumber('2026-12-07')]
  expect(ticks(from, to, 'week').map(dayText)).toEqual(['2026-11-23', '2026-11-30', '2026-12-07'])
  expect(ticks(from, to, 'month').map(dayText)).toEqual(['2026-12-01'])
  expect(ticks(from, to, 'day').length).toBe(15)
})

it('a bar keeps its length when it is moved, and never ends before it begins', () => {
  const bar = { id: 'a', start: 10, end: 14 }
  expect(dragged(bar, 'move', -3)).toEqual({ id: 'a', start: 7, end: 11 })
  expect(dragged(bar, 'end', -9)).toEqual({ id: 'a', start: 10, end: 10 })
  expect(dragged(bar, 'start', 9)).toEqual({ id: 'a', start: 14, end: 14 })
})
