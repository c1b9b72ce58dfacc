import type { TreeLine } from '../api/tree'

export interface RollUp { field: string; function: 'sum' | 'min' | 'max' | 'count'; byQuantity: boolean }

/** A part at one place of the tree. */
export interface Part { path: string; record: string; level: number; quantity: number; total: number; below: Part[]; isCycle: boolean }

/** The lines of a tree, which come depth first, as the tree. One that stands in itself ends its branch. */
export function partTree(root: string, lines: readonly TreeLine[]): Part {
  const top: Part = { path: root, record: root, level: 0, quantity: 1, total: 1, below: [], isCycle: false }
  const way = [top]
  for (const { record, level, quantity, total } of lines) {
    way.length = level
    const above = way[level - 1]!
    const part: Part = { path: `${above.path}/${record}`, record, level, quantity, total, below: [], isCycle: way.some(p => p.record === record) }
    above.below.push(part)
    way.push(part)
  }
  return top
}

/** Where trees begin: at what is in nothing else, and, of parts that contain each other, at the first. */
export function rootsOf(ids: readonly string[], below: (id: string) => readonly string[]): string[] {
  const inside = new Set(ids.flatMap(id => below(id)))
  const seen = new Set<string>()
  const roots: string[] = []
  for (const id of [...ids.filter(id => !inside.has(id)), ...ids]) {
    if (seen.has(id)) continue
    roots.push(id)
    const open = [id]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      open.push(...below(at))
    }
  }
  const kept = new Set(roots)
  return ids.filter(id => kept.has(id))
}

/** A number of each part with all that it consists of. `null`: it contains itself. Nothing where no part has a value. */
export function rolledUp(top: Part, value: (record: string) => number | undefined, { function: how, byQuantity }: Omit<RollUp, 'field'>): Map<string, number | null | undefined> {
  const rolled = new Map<string, number | null | undefined>()
  const visit = (part: Part) => {
    if (rolled.has(part.record)) return
    part.below.forEach(child => !child.isCycle && visit(child))
    const own = value(part.record)
    let sum = how === 'count' ? 0 : own
    for (const child of part.below) {
      const inside = child.isCycle ? null : rolled.get(child.record)
      if (inside === null) return void rolled.set(part.record, null)
      const times = byQuantity ? child.quantity : 1
      if (how === 'count') sum = (sum ?? 0) + times * (1 + (inside ?? 0))
      else if (inside !== undefined) sum = sum === undefined ? (how === 'sum' ? times : 1) * inside : how === 'sum' ? sum + times * inside : Math[how](sum, inside)
    }
    rolled.set(part.record, sum)
  }
  visit(top)
  return rolled
}

/** The places that are on the screen: those below opened ones. */
export const openParts = (part: Part, isOpen: (path: string) => boolean): Part[] =>
  [part, ...(isOpen(part.path) ? part.below.flatMap(child => openParts(child, isOpen)) : [])]
