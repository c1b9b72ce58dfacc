import type { Answer } from '../api/http'
import { mutationId } from '../api/mutationId'
import { Problem } from '../api/problem'
import { BATCH, changeRecords, readRecords } from '../api/records'
import type { RecordRow } from '../api/types'
import { delayAfter } from '../live/backoff'
import type { Hub } from '../live/hub'
import { fold, reconcile, type Conflict, type Edited } from './reconcile'

export interface Write { base: string; table: string; records: readonly Edited[]; mutation: string; undoGroup?: string }
export type Written = Answer<{ records: RecordRow[] }> | null
export interface TableConflict extends Conflict { base: string; table: string }

export interface OutboxState { readonly waiting: number; readonly holding: boolean; readonly conflicts: readonly TableConflict[]; readonly gone: number }

interface Entry { write: Write; resolve: (answer: Written) => void; reject: (error: unknown) => void }

/** Nothing was answered, or only by what stands between: the edit may be tried again. */
const isUnreached = (error: unknown) => error instanceof Problem && (error.status === 0 || error.status >= 502)

/** Edits on their way, one request after the other. Without a connection they wait; with one again, only those leave that overwrite nobody. */
export class Outbox {
  private entries: Entry[] = []
  private running = false
  private tries = 0
  private wake: (() => void) | null = null
  private readonly listeners = new Set<() => void>()
  state: OutboxState = { waiting: 0, holding: false, conflicts: [], gone: 0 }

  constructor(hub: Hub) {
    hub.onState(() => hub.state === 'live' && this.wake?.())
    window.addEventListener('online', () => this.wake?.())
    window.addEventListener('beforeunload', event => this.entries.length && this.state.holding && event.preventDefault())
  }

  listen = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
  getState = () => this.state

  /** What was written, or null when it was already there or somebody else's value stays. */
  send(write: Write): Promise<Written> {
    return new Promise((resolve, reject) => {
      this.entries.push({ write, resolve, reject })
      this.tell({})
      void this.run()
    })
  }

  /** Edits of a table that have not left yet. */
  waitingIn = (table: string) => this.entries.filter(e => e.write.table === table).map(e => e.write)

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
        if (this.state.holding) await this.catchUp(entry.write.base, entry.write.table)
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

  /** All that waits for one table, against what stands there now. */
  private async catchUp(base: string, table: string) {
    const mine = this.entries.filter(e => e.write.table === table)
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
    this.state = { ...this.state, ...part, waiting: cells }
    this.listeners.forEach(listen => listen())
  }
}
