import { expect, it } from 'vitest'
import type { TreeLine } from '../api/tree'
import { openParts, partTree, rolledUp, rootsOf } from './partTree'

const line = (record: string, level: number, quantity = 1, total = quantity): TreeLine => ({ record, level, quantity, total })
const box = partTree('box', [line('lid', 1, 2), line('screw', 2, 4, 8), line('screw', 1, 4)])
const cost: Record<string, number> = { box: 5, lid: 10, screw: 0.25 }

it('lines become places below each other', () => {
  expect(openParts(box, () => true).map(p => [p.path, p.level, p.total])).toEqual([['box', 0, 1], ['box/lid', 1, 2], ['box/lid/screw', 2, 8], ['box/screw', 1, 4]])
  expect(openParts(box, path => path === 'box').map(p => p.path)).toEqual(['box', 'box/lid', 'box/screw'])
})

it('rolls up as the computed field does', () => {
  const rolled = (how: 'sum' | 'min' | 'max' | 'count', byQuantity: boolean) => rolledUp(box, id => cost[id], { function: how, byQuantity }).get('box')
  expect(rolled('sum', true)).toBe(28)
  expect(rolled('sum', false)).toBe(15.5)
  expect(rolled('count', true)).toBe(14)
  expect([rolled('min', true), rolled('max', true)]).toEqual([0.25, 10])
  expect(rolledUp(box, () => undefined, { function: 'sum', byQuantity: true }).get('box')).toBeUndefined()
})

it('what contains itself is marked, has no sum, and neither has what contains it', () => {
  const ring = partTree('top', [line('a', 1), line('b', 2), line('a', 3), line('c', 1)])
  expect(openParts(ring, () => true).filter(p => p.isCycle).map(p => p.path)).toEqual(['top/a/b/a'])
  const rolled = rolledUp(ring, () => 1, { function: 'sum', byQuantity: true })
  expect(['top', 'a', 'b', 'c'].map(id => rolled.get(id))).toEqual([null, null, null, 1])
})

it('trees begin at what is in nothing else, a ring at its first', () => {
  const below: Record<string, string[]> = { box: ['lid', 'screw'], lid: ['screw'], x: ['y'], y: ['x'] }
  expect(rootsOf(['screw', 'lid', 'x', 'y', 'box', 'spare'], id => below[id] ?? [])).toEqual(['x', 'box', 'spare'])
})
