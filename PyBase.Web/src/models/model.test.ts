import { describe, expect, it } from 'vitest'
import { isModel, meshesOf, partAt, trimmed, wayTo, type Part } from './model'

const part = (name: string, meshes: number[], ...parts: Part[]): Part => ({ name, meshes, parts })
const root = trimmed(part('', [], part('FX-100', [], part('FX-110', [0]), part('FX-120', [1, 2]), part('empty', []))))

describe('models', () => {
  it('begin with what has a name, and leave out what has no body', () => {
    expect(root.name).toBe('FX-100')
    expect(root.parts.map(p => p.name)).toEqual(['FX-110', 'FX-120'])
  })
  it('know the part of a body, and the bodies of a part', () => {
    expect(wayTo(root, 2)).toEqual([1])
    expect(partAt(root, [1])?.name).toBe('FX-120')
    expect(wayTo(root, 9)).toBeNull()
    expect(meshesOf(root)).toEqual([0, 1, 2])
  })
  it('are files of STEP and IFC', () => expect(['a.STP', 'b.step', 'c.ifc', 'd.dxf', 'e.ifczip'].map(isModel)).toEqual([true, true, true, false, false]))
})
