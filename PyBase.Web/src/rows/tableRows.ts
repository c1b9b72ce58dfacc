import type { Change, Cells, ChangesMessage, RecordRow } from '../api/types'

/** The rows of one table as far as they are loaded, as the server last told them. */
export interface TableRows {
  readonly byId: ReadonlyMap<string, RecordRow>
  /** In the order of the pages. */
  readonly ids: readonly string[]
  /** Heard of, but their page is not loaded yet: shown at the end. */
  readonly tail: readonly string[]
  readonly offset: string | undefined
  readonly complete: boolean
  /** Of the last page or message; -1 before the first. */
  readonly version: number
}

export interface Page { records: RecordRow[]; offset?: string; version: number | null }

export const noRows: TableRows = { byId: new Map(), ids: [], tail: [], offset: undefined, complete: false, version: -1 }

/** `since`: what was heard while the page was on its way; what is newer than the page is told again over it. */
export function addPage(rows: TableRows, page: Page, since: readonly ChangesMessage[]): TableRows {
  const version = page.version ?? rows.version
  const byId = new Map(rows.byId)
  const listed = new Set(rows.ids)
  const ids = [...rows.ids]
  for (const record of page.records) {
    if (!byId.has(record.id) || version >= rows.version) byId.set(record.id, record)
    if (!listed.has(record.id)) {
      listed.add(record.id)
      ids.push(record.id)
    }
  }
  const complete = !page.offset
  let tail = rows.tail.filter(id => !listed.has(id))
  if (complete) {
    ids.push(...tail)
    tail = []
  }
  let merged: TableRows = { byId, ids, tail, offset: page.offset, complete, version: Math.max(rows.version, version) }
  for (const message of since) if (message.version > version) merged = applyMessage(merged, message)
  return merged
}

export function applyMessage(rows: TableRows, message: ChangesMessage): TableRows {
  return { ...applyChanges(rows, message.changes), version: Math.max(rows.version, message.version) }
}

export function applyChanges(rows: TableRows, changes: readonly Change[]): TableRows {
  if (!changes.some(c => c.kind === 'recordsCreated' || c.kind === 'cellsChanged' || c.kind === 'recordsDeleted')) return rows
  const byId = new Map(rows.byId)
  const created: string[] = []
  const deleted = new Set<string>()
  for (const change of changes) {
    if (change.kind === 'recordsCreated')
      for (const record of change.records) {
        if (!byId.has(record.id)) created.push(record.id)
        deleted.delete(record.id)
        byId.set(record.id, record)
      }
    else if (change.kind === 'cellsChanged')
      for (const { id, fields } of change.records) {
        const row = byId.get(id)
        if (row) byId.set(id, { ...row, fields: withCells(row.fields, fields) })
      }
    else if (change.kind === 'recordsDeleted')
      for (const id of change.ids) if (byId.delete(id)) deleted.add(id)
  }
  const kept = (ids: readonly string[]) => (deleted.size ? ids.filter(id => !deleted.has(id)) : ids)
  const ids = kept(rows.ids)
  const tail = kept(rows.tail)
  const known = new Set(created.length ? [...ids, ...tail] : [])
  const added = [...new Set(created)].filter(id => byId.has(id) && !known.has(id))
  return rows.complete
    ? { ...rows, byId, ids: [...ids, ...added], tail }
    : { ...rows, byId, ids, tail: [...tail, ...added] }
}

/** `null` empties a cell; empty cells are absent, as on the wire. */
export function withCells(cells: Cells, changed: Cells): Cells {
  const after: Cells = { ...cells }
  for (const [field, value] of Object.entries(changed))
    if (value === null || value === undefined) delete after[field]
    else after[field] = value
  return after
}
