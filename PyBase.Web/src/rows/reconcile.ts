import type { Cells, CellValue } from '../api/types'
import { sameValue } from '../grid/valueOf'

/** Cells of a record as they should become, and as they were when somebody decided so. */
export interface Edited { id: string; fields: Cells; was: Cells }

/** A cell that somebody else changed while ours was waiting. */
export interface Conflict { id: string; field: string; was: CellValue; mine: CellValue; theirs: CellValue }

/** Several edits of a cell, one after the other, are one: from what stood there first to what was typed last. */
export function fold(edits: readonly Edited[]): Edited[] {
  const byId = new Map<string, Edited>()
  for (const { id, fields, was } of edits) {
    const before = byId.get(id)
    byId.set(id, { id, fields: { ...before?.fields, ...fields }, was: { ...was, ...before?.was } })
  }
  return [...byId.values()]
}

/** What may be sent after a lost connection: only cells in which still stands what stood there. A cell that has our value already has got it from us, the answer was lost. */
export function reconcile(edits: readonly Edited[], now: ReadonlyMap<string, Cells>) {
  const send: { id: string; fields: Cells }[] = []
  const conflicts: Conflict[] = []
  const gone: string[] = []
  for (const { id, fields, was } of edits) {
    const stored = now.get(id)
    if (!stored) {
      gone.push(id)
      continue
    }
    const ours: Cells = {}
    for (const [field, mine] of Object.entries(fields)) {
      const theirs = stored[field] ?? null
      if (sameValue(theirs, mine)) continue
      if (sameValue(theirs, was[field] ?? null)) ours[field] = mine
      else conflicts.push({ id, field, was: was[field] ?? null, mine, theirs })
    }
    if (Object.keys(ours).length) send.push({ id, fields: ours })
  }
  return { send, conflicts, gone }
}
