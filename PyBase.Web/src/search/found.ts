import type { FoundRecord } from '../api/search'
import type { Base, Table } from '../api/types'

export interface Found { key: string; kind: 'base' | 'table' | 'view' | 'record'; name: string; detail: string; to: string }

const MOST = 6

/** Bases, tables, views and records that match, in this order; a name that begins with the words stands before one that holds them. */
export function found(words: string, bases: readonly Base[], base: Base | undefined, tables: readonly Table[], records: readonly FoundRecord[]): Found[] {
  const asked = words.trim().toLowerCase()
  const matching = (all: Found[]) => {
    const rank = (f: Found) => (f.name.toLowerCase().startsWith(asked) ? 0 : 1)
    return all.filter(f => f.name.toLowerCase().includes(asked)).sort((a, b) => rank(a) - rank(b)).slice(0, MOST)
  }
  const here = base?.id ?? ''
  return [
    ...matching(bases.map(b => ({ key: b.id, kind: 'base', name: b.name, detail: '', to: `/bases/${b.id}` }))),
    ...matching(tables.map(t => ({ key: t.id, kind: 'table', name: t.name, detail: base?.name ?? '', to: `/bases/${here}/${t.id}` }))),
    ...(asked ? matching(tables.flatMap(t => t.views.map(v => ({ key: v.id, kind: 'view' as const, name: v.name, detail: t.name, to: `/bases/${here}/${t.id}/${v.id}` })))) : []),
    ...records.map(r => ({ key: r.recordId, kind: 'record' as const, name: r.name, detail: [tables.find(t => t.id === r.tableId)?.name, r.excerpt === r.name ? '' : r.excerpt].filter(Boolean).join(' · '), to: `/bases/${here}/${r.tableId}?record=${r.recordId}` })),
  ]
}
