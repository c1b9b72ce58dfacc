import { describe, expect, it } from 'vitest'
import { around, entityOf, scaled, sheetOf, WHOLE } from './drawing'

describe('a drawing', () => {
  it('is scaled around the pointer, and never smaller than its frame', () => {
    const near = scaled(WHOLE, 2, 100, 50)
    expect(near).toEqual({ x: -100, y: -50, scale: 2 })
    expect(scaled(near, 0.1, 0, 0)).toEqual(WHOLE)
    expect(scaled(WHOLE, 1000, 0, 0).scale).toBe(40)
  })
  it('shows a place in the middle, with what lies around it', () => {
    expect(around({ x: 90, y: 40, width: 20, height: 20 }, { width: 400, height: 400 })).toEqual({ x: 200 - 100 * 5, y: 200 - 50 * 5, scale: 5 })
    expect(around({ x: 0, y: 0, width: 300, height: 300 }, { width: 400, height: 400 })).toEqual(WHOLE)
  })
  it('has sheets and entities that places name', () => {
    expect([sheetOf('p2[1,2,3,4]', ['1', '2']), sheetOf('p3', ['1', '2']), sheetOf('model#2A3', ['Model', 'A3']), sheetOf(undefined, ['Model']), sheetOf('x', [])]).toEqual(['2', '1', 'Model', 'Model', undefined])
    expect([entityOf('Model#02a3/TAG'), entityOf('Model#2A3'), entityOf('p2[1,2,3,4]'), entityOf('*U1#xyz')]).toEqual(['e2A3', 'e2A3', undefined, undefined])
  })
})
