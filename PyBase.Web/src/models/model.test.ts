import { describe, expect, it } from 'vitest'
import type { Owner } from './step'
import { isModel, meshesOf, partAt, partsAt, placesOf, trimmed, wayTo, type Part } from './model'

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
  it('find the part that a place is about, wherever it is used or in one assembly', () => {
    const screw = (): Part => part('M8', [0])
    const model = { meshes: [], root: part('Frame', [], part('Lid', [], screw()), part('Base', [], screw(), screw()), { ...part('W-1', [1]), guid: '7YvctVUKr0kugbFTf53O9L' }), owners: new Map<number, Owner>([[9, { part: 'M8', isItself: true }], [10, { part: 'M8' }], [20, { part: 'M8', within: 'Base' }]]) }
    expect(partsAt(model, '#10')).toEqual([[0, 0], [1, 0], [1, 1]])
    expect(partsAt(model, '#20')).toEqual([[1, 0], [1, 1]])
    expect(placesOf(model, screw())).toEqual(['#9'])
    expect(partsAt(model, '7YvctVUKr0kugbFTf53O9L #44')).toEqual([[2]])
    expect(['#11', 'lid.stp#10', ''].map(place => partsAt(model, place))).toEqual([[], [], []])
  })
  it('are files of STEP and IFC', () => expect(['a.STP', 'b.step', 'c.ifc', 'd.dxf', 'e.ifczip'].map(isModel)).toEqual([true, true, true, false, false]))
})
