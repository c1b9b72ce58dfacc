import { expect, it } from 'vitest'
import type { GroupOfRows } from '../api/aggregates'
import { groupLines, lineOf, placeAt, plainLines, spanAt } from './groupRows'

const of = (value: unknown, count: number, groups?: GroupOfRows[]): GroupOfRows => ({ value, count, values: [], groups })
const groups = [of('Steel', 3, [of(1, 2), of(2, 1)]), of(null, 2, [of(5, 2)])]

it('lays heads between the rows, and knows each row by its place', () => {
  const lines = groupLines(groups, new Set())
  expect(lines.count).toBe(5 + 5)
  expect(Array.from({ length: lines.count }, (_, n) => placeAt(lines, n) ?? 'head')).toEqual(['head', 'head', 0, 1, 'head', 2, 'head', 'head', 3, 4])
  expect(lineOf(lines, 3)).toBe(8)
})

it('a folded group hides its rows and their heads, not their places', () => {
  const lines = groupLines(groups, new Set(['/"Steel"']))
  expect(Array.from({ length: lines.count }, (_, n) => placeAt(lines, n) ?? 'head')).toEqual(['head', 'head', 'head', 3, 4])
  expect(lineOf(lines, 1)).toBe(-1)
  expect(spanAt(lines, 0)).toMatchObject({ kind: 'group', collapsed: true, count: 3 })
})

it('without groups a line is a row', () => {
  expect(placeAt(plainLines(3), 2)).toBe(2)
  expect(placeAt(plainLines(3), 3)).toBeUndefined()
  expect(placeAt(plainLines(0), 0)).toBeUndefined()
})
