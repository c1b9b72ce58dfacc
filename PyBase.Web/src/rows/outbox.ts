import type { Answer } from '../api/http'
import { mutationId } from '../api/mutationId'
import { Problem } from '../api/problem'
import { BATCH, changeRecords, createRecords, deleteRecords, readRecords } from '../api/records'
import type { Cells, RecordRow } from '../api/types'
import { delayAfter } from '../live/backoff'
import type { Hub } from '../live/hub'
import type { Shelf } from './shelf'
import { fold, reconcile, type Conflict, type Edited } from './reconcile'

/** Cells to change; or rows to make, under names of our own until they have an id; or rows that are to go. */
export interface Write { base: string; table: string; records: readonly Edited[]; made?: readonly { id: string; fields: Cells }[]; removed?: readonly string[]; mutation: string; undoGroup?: string }
export type Written = Answer<{ records: RecordRow[] }> | null
export interface TableConflict extends Conflict { base: string; table: string }

/** Rows that wait have such names, which no record has. */
const OWN = 'new'
export const newRowId = () => OWN + mutationId()
export const isOwnId = (id: string) => id.startsWith(OWN)

export interface OutboxState { readonly waiting: number; readonly rows: number; readonly holding: boolean; readonly conflicts: readonly TableConflict[]; readonly gone: number }

interface Entry { write: Write; done: Promise<Written>; resolve: (answer: Written) => void; reject: (error: unknown) => void }

/** Nothing was answered, or only by what stands between: the edit may be tried again. */
export const isUnreached = (error: unknown) => error instanceof Problem && (error.status === 0 || error.status >= 502)

/** Edits on their way, one request after the other. Without a connection they wait; with one again, only those leave that overwrite nobody. */
export class Outbox {
  private entries: Entry[] = []
  private running = false
  private tries = 0
  private wake: (() => void) | null = null
  private shelf: Shelf | null = null
  private isRestored = false
  private readonly listeners = new Set<() => void>()
  state: OutboxState = { waiting: 0, rows: 0, holding: false, conflicts: [], gone: 0 }

  constructor(hub: Hub) {
    hub.onState(() => hub.state === 'live' && this.wake?.())
    window.addEventListener('online', () => this.wake?.())
    window.addEventListener('beforeunload', event => this.entries.length && this.state.holding && !this.shelf && event.preventDefault())
  }

  /** What has waited since the window was closed. */
  restore(person: string) {
    if (this.isRestored) return
    this.isRestored = true
    void import('./shelf').then(async m => {
      const shelf = new m.Shelf(person)
      const kept = await shelf.read()
      this.shelf = shelf
      if (!kept.length) return
      // It has waited: what stands in the table now may be somebody else's.
      this.entries.unshift(...kept.map(entryOf))
      this.tell({ holding: true })
      void this.run()
    }).catch(() => {})
  }

  listen = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
  getState = () => this.state

  /** What was written, or null when it was already there or somebody else's value stays. */
  send(write: Write): Promise<Written> {
    const entry = entryOf(write)
    this.entries.push(entry)
    this.tell({})
    void this.run()
    return entry.done
  }

  /** Writes of a table that have not left yet, and when they have. */
  waitingIn = (table: string): readonly { write: Write; done: Promise<Written> }[] => this.entries.filter(e => e.write.table === table)

  /** A row that was to be made is not wanted any more. */
  withdraw(id: string) {
    for (const entry of this.entries) entry.write = { ...entry.write, records: entry.write.records.filter(r => r.id !== id), made: entry.write.made?.filter(r => r.id !== id) }
    this.finish(this.entries.filter(({ write: { records, made, removed } }) => !records.length && !made?.length && !removed), e => e.resolve(null))
  }

  /** The user has decided: theirs stays, or ours is written over it after all. */
  settle(conflicts: readonly TableConflict[], mine: boolean) {
    this.tell({ conflicts: this.state.conflicts.filter(c => !conflicts.includes(c)) })
    if (!mine) return Promise.resolve()
    const undoGroup = mutationId()
    return Promise.all(conflicts.map(c => this.send({ base: c.base, table: c.table, mutation: mutationId(), undoGroup, records: [{ id: c.id, fields: { [c.field]: c.mine }, was: { [c.field]: c.theirs } }] })))
  }

  forgetGone = () => this.tell({ gone: 0 })

  private async run() {
    if (this.running) return
    this.running = true
    for (let entry = this.entries[0]; entry; entry = this.entries[0]) {
      try {
        const { made, removed } = entry.write
        if (made) await this.make(entry, made)
        else if (removed) await this.remove(entry, removed)
        else if (this.state.holding) await this.catchUp(entry.write.base, entry.write.table)
        else {
          const { base, table, records, mutation, undoGroup } = entry.write
          const answer = await changeRecords(base, table, records.map(({ id, fields }) => ({ id, fields })), mutation, undoGroup)
          this.finish([entry], e => e.resolve(answer))
        }
        this.tries = 0
        if (!this.entries.length) this.tell({ holding: false })
      } catch (error) {
        if (isUnreached(error)) {
          this.tell({ holding: true })
          await this.pause()
        } else this.finish([entry], e => e.reject(error))
      }
    }
    this.running = false
  }

  /** The key makes a second try harmless: the rows of a lost answer are those of the first. */
  private async make(entry: Entry, made: readonly { id: string; fields: Cells }[]) {
    const { base, table, mutation, undoGroup } = entry.write
    const answer = await createRecords(base, table, made, mutation, undoGroup)
    const ids = new Map(made.map((row, n) => [row.id, answer.body.records[n]!.id]))
    for (const other of this.entries) other.write = { ...other.write, records: other.write.records.map(r => ({ ...r, id: ids.get(r.id) ?? r.id })) }
    this.finish([entry], e => e.resolve(answer))
  }

  /** Those that are still there. */
  private async remove(entry: Entry, removed: readonly string[]) {
    const { base, table, mutation, undoGroup } = entry.write
    const there = this.state.holding ? (await readRecords(base, table, removed)).map(r => r.id) : removed
    if (there.length) await deleteRecords(base, table, there, mutation, undoGroup)
    this.finish([entry], e => e.resolve(null))
  }

  /** All that waits for one table, against what stands there now. */
  private async catchUp(base: string, table: string) {
    const mine = this.entries.filter(({ write }) => write.table === table && !write.made && !write.removed && !write.records.some(r => isOwnId(r.id)))
    const edits = fold(mine.flatMap(e => e.write.records))
    const now = await readRecords(base, table, edits.map(e => e.id))
    const { send, conflicts, gone } = reconcile(edits, new Map(now.map(r => [r.id, r.fields])))
    const undoGroup = mutationId()
    let answer: Written = null
    for (let at = 0; at < send.length; at += BATCH) answer = await changeRecords(base, table, send.slice(at, at + BATCH), mutationId(), undoGroup)
    this.finish(mine, e => e.resolve(answer && { ...answer, body: { records: [] } }))
    this.tell({ conflicts: [...this.state.conflicts, ...conflicts.map(c => ({ ...c, base, table }))], gone: this.state.gone + gone.length })
  }

  private finish(done: readonly Entry[], how: (entry: Entry) => void) {
    this.entries = this.entries.filter(e => !done.includes(e))
    done.forEach(how)
    this.tell({})
  }

  private pause() {
    return new Promise<void>(resolve => {
      const timer = setTimeout(() => this.wake?.(), delayAfter(++this.tries))
      this.wake = () => {
        clearTimeout(timer)
        this.wake = null
        resolve()
      }
    })
  }

  private tell(part: Partial<OutboxState>) {
    const cells = this.entries.reduce((sum, e) => sum + e.write.records.reduce((n, r) => n + Object.keys(r.fields).length, 0), 0)
    const rows = this.entries.reduce((sum, { write }) => sum + (write.made?.length ?? 0) + (write.removed?.length ?? 0), 0)
    // Nothing is written down while all goes well.
    if (part.holding || this.state.holding) this.shelf?.keep(this.entries.map(e => e.write)).catch(() => {})
    this.state = { ...this.state, ...part, waiting: cells, rows }
    this.listeners.forEach(listen => listen())
  }
}

function entryOf(write: Write): Entry {
  const entry = { write } as Entry
  entry.done = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }))
  entry.done.catch(() => {})
  return entry
}
