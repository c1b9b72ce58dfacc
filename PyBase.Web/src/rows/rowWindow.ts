import type { Cells, Change, ChangesMessage, RecordRow } from '../api/types'

/** So many messages are kept for pages that were on their way when they came. */
const KEPT = 500

export interface RowPage { start: number; records: RecordRow[]; total: number; exact: boolean; version: number }

/**
 * The rows of a query as far as somebody has looked at them: an id for each place that is loaded, a hole for the others. Changed in place, since a place
 * is one of a million; whoever draws it is told by the store.
 */
export class RowWindow {
  ids: (string | undefined)[] = []
  readonly byId = new Map<string, RecordRow>()
  exact = true
  /** Of the newest page or message; -1 before the first. */
  version = -1
  private heard: ChangesMessage[] = []

  /** `fresh`: the places are counted anew, what stood elsewhere is forgotten. */
  takePage(page: RowPage, fresh: boolean) {
    if (fresh) this.ids = []
    this.ids.length = Math.max(page.total, page.start + page.records.length)
    page.records.forEach((record, n) => {
      this.ids[page.start + n] = record.id
      this.byId.set(record.id, record)
    })
    this.exact = page.exact
    for (const message of this.heard) if (message.version > page.version) this.applyCells(message.changes, new Set(page.records.map(r => r.id)))
    this.version = Math.max(this.version, page.version)
  }

  /** `appends`: rows that came are put at the end, unless they are here or a page that is newer has counted them. */
  takeMessage(message: ChangesMessage, appends = false) {
    this.heard.push(message)
    if (this.heard.length > KEPT) this.heard = this.heard.slice(-KEPT / 2)
    this.apply(message.changes, appends && message.version > this.version)
    this.version = Math.max(this.version, message.version)
  }

  /** Rows that came are put at the end only when nothing orders them; the store asks again otherwise. */
  apply(changes: readonly Change[], appends = false) {
    this.applyCells(changes)
    for (const change of changes) {
      if (change.kind === 'recordsCreated')
        for (const record of change.records) {
          if (appends && !this.byId.has(record.id)) this.ids.push(record.id)
          this.byId.set(record.id, record)
        }
      else if (change.kind === 'recordsDeleted') {
        const gone = new Set(change.ids.filter(id => this.byId.delete(id)))
        if (gone.size) this.ids = removeFrom(this.ids, gone)
      }
    }
  }

  private applyCells(changes: readonly Change[], only?: ReadonlySet<string>) {
    for (const change of changes)
      if (change.kind === 'cellsChanged')
        for (const { id, fields } of change.records) {
          const row = this.byId.get(id)
          if (row && (!only || only.has(id))) this.byId.set(id, { ...row, fields: withCells(row.fields, fields) })
        }
  }

  /** Forgets rows far from what is looked at, so that a million rows scrolled past are not a million rows kept. */
  prune(from: number, to: number, most: number) {
    if (this.byId.size <= most) return
    const margin = Math.floor(most / 4)
    const kept = new Set(this.ids.slice(Math.max(0, from - margin), to + margin))
    this.ids = this.ids.map(id => (id !== undefined && kept.has(id) ? id : undefined))
    for (const id of [...this.byId.keys()]) if (!kept.has(id)) this.byId.delete(id)
  }

  /** The first and the last place of a span that has a hole. */
  holes(from: number, to: number): { from: number; to: number } | null {
    const end = Math.min(to, this.ids.length)
    let first = Math.max(0, from)
    while (first < end && this.ids[first] !== undefined) first++
    if (first >= end) return null
    let last = end - 1
    while (this.ids[last] !== undefined) last--
    return { from: first, to: last + 1 }
  }
}

function removeFrom(ids: (string | undefined)[], gone: ReadonlySet<string>) {
  const kept: (string | undefined)[] = []
  for (let n = 0; n < ids.length; n++) if (ids[n] === undefined || !gone.has(ids[n]!)) kept.push(ids[n])
  return kept
}

/** `null` empties a cell; empty cells are absent, as on the wire. */
export function withCells(cells: Cells, changed: Cells): Cells {
  const after: Cells = { ...cells }
  for (const [field, value] of Object.entries(changed))
    if (value === null || value === undefined) delete after[field]
    else after[field] = value
  return after
}
