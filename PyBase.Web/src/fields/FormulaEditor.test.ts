import { describe, expect, it } from 'vitest'
import { functions } from './functions'
import { wordAt } from './formulaWord'

describe('completion of a formula', () => {
  it('knows the functions of the engine', () => {
    expect(functions.length).toBeGreaterThan(80)
    expect(functions.map(f => f[0])).toContain('DATETIME_DIFF')
  })
  it('sees a field after an open brace, a function elsewhere', () => {
    expect(wordAt('SUM({Unit pr', 12)).toEqual({ word: 'Unit pr', start: 4, isField: true })
    expect(wordAt('SUM({A}) + rou', 14)).toEqual({ word: 'rou', start: 11, isField: false })
    expect(wordAt('', 0)).toEqual({ word: '', start: 0, isField: false })
  })
})
