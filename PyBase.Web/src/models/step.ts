/** What an entity of a STEP file is about: a part, which it may be itself, and of a usage the assembly that it is used in. */
export interface Owner { part: string; within?: string; isItself?: true }

/** Entities that lead to a part; geometry, which is nearly all of a file, does not. */
const LEADS = /PRODUCT|USAGE|ASPECT|DIMENSION|ANGULAR|TOLERANCE|DATUM|PROPERTY|ASSOCIATION|FEATURE|SYMMETRY/
const ENTITY = /#(\d+)\s*=\s*((?:'[^']*'|[^';])*);/g
const USAGE = /^(?:\w*ASSEMBLY_\w*USAGE\w*|PRODUCT_DEFINITION_USAGE)\s*\(/
const PRODUCT = /^PRODUCT\s*\(\s*((?:'[^']*')+|\$)\s*,\s*((?:'[^']*')+|\$)/
const DEEPEST = 12

/** For each entity that is about a part, which one. A part is called as the reader of the bodies calls it: by its name, without one by its number. */
export function ownersIn(text: string): Map<number, Owner> {
  const entities = new Map<number, string>()
  for (const [, id, body] of text.matchAll(ENTITY)) if (LEADS.test(body!)) entities.set(Number(id), body!)
  const owners = new Map<number, Owner | null>()
  const ownerOf = (id: number, depth: number): Owner | null => {
    const known = owners.get(id)
    if (known !== undefined) return known
    const body = entities.get(id)
    if (body === undefined || depth > DEEPEST) return null
    // One that refers to itself leads nowhere.
    owners.set(id, null)
    const owner = find(body, depth)
    owners.set(id, owner)
    return owner
  }
  const find = (body: string, depth: number): Owner | null => {
    const product = PRODUCT.exec(body)
    if (product) return { part: decoded(product[2]!) || decoded(product[1]!), isItself: true }
    const targets = [...body.replace(/'[^']*'/g, '').matchAll(/#(\d+)/g)].map(([, target]) => Number(target))
    if (USAGE.test(body)) {
      const [within, part] = targets.map(target => ownerOf(target, depth + 1))
      return part ? { part: part.part, within: within?.part } : null
    }
    for (const target of targets) {
      const owner = ownerOf(target, depth + 1)
      if (owner) return { part: owner.part }
    }
    return null
  }
  for (const id of entities.keys()) ownerOf(id, 0)
  return new Map([...owners].filter((pair): pair is [number, Owner] => pair[1] !== null))
}

/** A string of ISO 10303-21. */
function decoded(quoted: string): string {
  if (quoted === '$') return ''
  return quoted.slice(1, -1).replace(/''/g, "'")
    .replace(/\\X2\\((?:[0-9A-F]{4})*)\\X0\\/gi, (_, digits: string) => digits.replace(/.{4}/g, code => String.fromCharCode(parseInt(code, 16))))
    .replace(/\\X\\([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\\S\\(.)/g, (_, letter: string) => String.fromCharCode(letter.charCodeAt(0) + 128))
}
