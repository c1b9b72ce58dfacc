import type { Problem } from '../api/problem'
import type { Cells, Change, RecordRow } from '../api/types'
import type { PendingEdits } from './pendingEdits'

/** What is drawn: a new object means a new picture. */
export interface RowStoreState {
  /** Rows of the query, loaded or not. */
  readonly count: number
  /** The count is exact; else it is an estimate or an older one. */
  readonly exact: boolean
  readonly edits: PendingEdits
  readonly status: 'loading' | 'ready' | 'failed'
  readonly problem: Problem | null
  /** Rises when rows may have come, gone or moved. */
  readonly arranged: number
  /** Of the table, as far as the rows know it: what is told of all rows is asked again when it rises. */
  readonly version: number
}

export interface RowStoreEvents {
  onSchema(tableId: string, change: Change): void
  onRefused(problem: Problem): void
  onEnded(): void
}

/** Of the whole records that come back only the cells that were sent: the others belong to the feed. */
export function onlyEdited(sent: { id: string; fields: Cells }[], records: RecordRow[]): RecordRow[] {
  const now = new Map(records.map(r => [r.id, r]))
  return sent.flatMap(({ id, fields }) => {
    const record = now.get(id)
    return record ? [{ id, fields: Object.fromEntries(Object.keys(fields).map(f => [f, record.fields[f] ?? null])) }] : []
  })
}
