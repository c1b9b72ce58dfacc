import type { Owner } from './step'

/** A body as triangles, in the colour that the file gives it. */
export interface Mesh { positions: Float32Array; normals: Float32Array | null; indices: Uint32Array; colour: [number, number, number, number] | null; matrix: number[] | null }

/** A part or an assembly: what it is called, of IFC its GlobalId, its bodies by number, and what it consists of. */
export interface Part { name: string; kind?: string; guid?: string; meshes: number[]; parts: Part[] }

export interface Model { root: Part; meshes: Mesh[]; owners?: ReadonlyMap<number, Owner> }

/** A part by the way to it from the root. */
export type Way = readonly number[]

export const partAt = (root: Part, way: Way): Part | undefined => way.reduce<Part | undefined>((part, n) => part?.parts[n], root)

/** All bodies of a part and of what it consists of. */
export const meshesOf = (part: Part): number[] => [...part.meshes, ...part.parts.flatMap(meshesOf)]

/** The part to which a body belongs. */
export function wayTo(root: Part, mesh: number): Way | null {
  if (root.meshes.includes(mesh)) return []
  for (const [n, part] of root.parts.entries()) {
    const rest = wayTo(part, mesh)
    if (rest) return [n, ...rest]
  }
  return null
}

/** The parts that a place of the file is about, each by the way to it: of IFC the object with that GlobalId, of STEP the part wherever it is used, of a usage where it is used in that assembly. */
export function partsAt({ root, owners }: Model, locator: string): Way[] {
  const entity = /^#(\d+)/.exec(locator)
  const owner = entity && owners?.get(Number(entity[1]))
  const [guid] = locator.split(/[ /]/)
  const isMeant = (part: Part, within?: Part) => (entity ? Boolean(owner) && part.name === owner!.part && (!owner!.within || within?.name === owner!.within) : Boolean(part.guid) && part.guid === guid)
  const ways: Way[] = []
  const look = (part: Part, way: Way, within?: Part) => {
    if (isMeant(part, within)) ways.push(way)
    else part.parts.forEach((inner, n) => look(inner, [...way, n], part))
  }
  look(root, [])
  return ways
}

/** The places of the file that say what this part is. */
export const placesOf = ({ owners = new Map<number, Owner>() }: Pick<Model, 'owners'>, { guid, name }: Part): string[] =>
  guid ? [guid] : [...owners].filter(([, owner]) => owner.isItself && owner.part === name).map(([id]) => `#${id}`)

/** Without levels that hold one thing and have no name. */
export function trimmed(part: Part): Part {
  const parts = part.parts.map(trimmed).filter(p => p.meshes.length + p.parts.length > 0)
  return parts.length === 1 && !part.meshes.length && !part.name.trim() ? parts[0]! : { ...part, parts }
}

export const isModel = (name: string) => /\.(step|stp|ifc)$/i.test(name)
