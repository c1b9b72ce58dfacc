import type { Cells, CellValue } from '../api/types'

/** An edit shown before the server has it; `answered`: the version that contains it, once known. */
interface Edit { value: CellValue; mutation: string; answered?: number }

/** By record, then by field. Never changed in place. */
export type PendingEdits = ReadonlyMap<string, ReadonlyMap<string, Edit>>

export const noEdits: PendingEdits = new Map()

export function addEdits(edits: PendingEdits, mutation: string, records: readonly { id: string; fields: Cells }[]): PendingEdits {
  const after = new Map(edits)
  for (const { id, fields } of records) {
    const row = new Map(after.get(id))
    for (const [field, value] of Object.entries(fields)) row.set(field, { value, mutation })
    after.set(id, row)
  }
  return after
}

/** The answer came: the edit stays on top until the feed has reached its version, so that nothing flickers. */
export const answerEdits = (edits: PendingEdits, mutation: string, version: number) =>
  change(edits, edit => (edit.mutation === mutation ? { ...edit, answered: version } : edit))

/** Refused, or told back by the hub: what the server says is the truth. */
export const dropEdits = (edits: PendingEdits, mutation: string) =>
  change(edits, edit => (edit.mutation === mutation ? null : edit))

/** Edits whose version the rows have reached. */
export const settleEdits = (edits: PendingEdits, version: number) =>
  change(edits, edit => (edit.answered !== undefined && edit.answered <= version ? null : edit))

/** A row that was made here has got its id. */
export function renameEdits(edits: PendingEdits, from: string, to: string): PendingEdits {
  const row = edits.get(from)
  if (!row) return edits
  const after = new Map(edits)
  after.delete(from)
  return after.set(to, row)
}

function change(edits: PendingEdits, to: (edit: Edit) => Edit | null): PendingEdits {
  if (edits.size === 0) return edits
  const after = new Map<string, ReadonlyMap<string, Edit>>()
  for (const [id, row] of edits) {
    const kept = new Map<string, Edit>()
    for (const [field, edit] of row) {
      const now = to(edit)
      if (now) kept.set(field, now)
    }
    if (kept.size) after.set(id, kept)
  }
  return after
}

export function shownValue(edits: PendingEdits, id: string, field: string, stored: CellValue): CellValue {
  const edit = edits.get(id)?.get(field)
  return edit ? edit.value : stored
}
