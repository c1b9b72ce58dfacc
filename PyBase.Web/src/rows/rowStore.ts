import { mutationId } from '../api/mutationId'
import { problemFrom } from '../api/problem'
import { BATCH, createRecords, deleteRecords, readRows } from '../api/records'
import type { Cells, CellValue, Change, ChangesMessage, RecordRow } from '../api/types'
import type { Hub } from '../live/hub'
import { isOwnId, isUnreached, newRowId, type Outbox, type Write, type Written } from './outbox'
import { addEdits, answerEdits, dropEdits, noEdits, renameEdits, settleEdits, shownValue } from './pendingEdits'
import { everything, fieldsBehind, isPlain, sameQuery, type RowQuery } from './rowQuery'
import { onlyEdited, type RowStoreEvents, type RowStoreState } from './rowStoreState'
import { RowWindow } from './rowWindow'

/** Rows asked for at once. */
const PAGE = 200
/** Rows kept at most. */
const MOST = 60_000

/** The rows of a table in this browser: those that are looked at, kept current by the hub, edited at once and settled later. */
export class RowStore {
  private state: RowStoreState = { count: 0, exact: true, edits: noEdits, status: 'loading', problem: null, arranged: 0, version: -1 }
  private readonly listeners = new Set<() => void>()
  private window = new RowWindow()
  private query: RowQuery = everything
  private seen = { from: 0, to: PAGE }
  private unsubscribe: (() => void) | null = null
  private abort = new AbortController()
  private asking = 0
  private frame = 0
  private timer: ReturnType<typeof setTimeout> | null = null
  private isStale = true
  private closed = false
  /** Rows that the user deleted: gone from sight before the server says so. */
  private leaving = new Set<string>()

  constructor(readonly base: string, readonly table: string, private readonly hub: Hub, private readonly outbox: Outbox, private readonly events: RowStoreEvents) {}

  open(query: RowQuery = this.query) {
    this.closed = false
    this.query = query
    // What waits for the connection is shown, in whichever window of the table it was typed.
    for (const { write, done } of this.outbox.waitingIn(this.table)) {
      this.state = { ...this.state, edits: addEdits(this.state.edits, write.mutation, write.records) }
      void done.then(written => this.left(write, written), () => this.left(write, null))
    }
    void this.load()
  }

  close() {
    this.closed = true
    this.abort.abort()
    this.unsubscribe?.()
    this.unsubscribe = null
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    cancelAnimationFrame(this.frame)
    this.frame = 0
  }

  getState = () => this.state
  listen = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  idAt = (place: number) => this.window.ids[place]
  placeOf = (id: string) => this.window.ids.indexOf(id)
  record = (id: string): RecordRow | undefined => this.window.byId.get(id)
  value = (id: string, field: string): CellValue => shownValue(this.state.edits, id, field, this.window.byId.get(id)?.fields[field])

  /** Another filter, order or search: the old rows stay until the first new ones are there. */
  ask(query: RowQuery) {
    if (sameQuery(query, this.query)) return
    this.query = query
    this.seen = { from: 0, to: PAGE }
    void this.load()
  }

  /** These places are on the screen now. */
  look(from: number, to: number) {
    this.seen = { from, to }
    if (!this.isStale) void this.fill()
  }

  /** Everything anew, from what is on the screen outwards. */
  async load(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.isStale = true
    this.abort.abort()
    this.abort = new AbortController()
    await this.read(Math.max(0, this.seen.from - PAGE / 4), true)
  }

  private async fill() {
    if (this.asking > 1) return
    const holes = this.window.holes(this.seen.from - 60, this.seen.to + 60)
    if (holes) await this.read(holes.from, false)
  }

  private async read(start: number, fresh: boolean) {
    const { signal } = this.abort
    this.asking++
    try {
      let page = await readRows(this.base, this.table, this.query, start, PAGE, signal)
      // The rows that were looked at are gone.
      if (fresh && page.records.length === 0 && start > 0) page = await readRows(this.base, this.table, this.query, 0, PAGE, signal)
      if (signal.aborted || this.closed) return
      this.window.takePage(page, fresh)
      if (fresh) this.isStale = false
      // Rows that wait are not the server's yet.
      if (fresh) for (const { write } of this.outbox.waitingIn(this.table)) this.window.apply([{ kind: 'recordsDeleted', ids: [...(write.removed ?? [])] }, { kind: 'recordsCreated', records: [...(write.made ?? [])] }], true)
      this.window.prune(this.seen.from, this.seen.to, MOST)
      this.arrange({ status: 'ready', problem: null, edits: settleEdits(this.state.edits, this.window.version) })
      if (!this.unsubscribe) this.follow(page.version)
      // An estimate becomes exact when the server has counted.
      if (!page.exact) this.refreshSoon(1_500)
    } catch (error) {
      if (!signal.aborted && !this.closed) this.set({ status: this.state.status === 'loading' ? 'failed' : 'ready', problem: problemFrom(error) })
      return
    } finally {
      this.asking--
    }
    await this.fill()
  }

  /** One action, however many requests: shown at once, taken back together. */
  async edit(records: readonly { id: string; fields: Cells }[], undoGroup = mutationId()) {
    const batches: Promise<void>[] = []
    for (let at = 0; at < records.length; at += BATCH) {
      const batch = records.slice(at, at + BATCH)
      const mutation = mutationId()
      const edited = batch.map(({ id, fields }) => ({ id, fields, was: Object.fromEntries(Object.keys(fields).map(f => [f, this.value(id, f) ?? null])) }))
      this.set({ edits: addEdits(this.state.edits, mutation, batch) })
      batches.push(this.outbox.send({ base: this.base, table: this.table, records: edited, mutation, undoGroup }).then(
        written => {
          const version = written?.versions[this.table]
          this.set({ edits: version === undefined ? dropEdits(this.state.edits, mutation) : answerEdits(this.state.edits, mutation, version) })
          if (written?.body.records.length) this.take([{ kind: 'cellsChanged', records: onlyEdited(batch, written.body.records) }], version)
          else this.refreshSoon(100)
        },
        error => {
          this.set({ edits: dropEdits(this.state.edits, mutation) })
          this.events.onRefused(problemFrom(error))
        },
      ))
    }
    await Promise.all(batches)
  }

  /** The records at these places, asked for where they are not loaded; undefined where a place is empty. */
  async idsAt(from: number, to: number): Promise<(string | undefined)[]> {
    const end = Math.min(to, this.state.count)
    for (let hole = this.window.holes(from, end); hole; hole = this.window.holes(from, end)) {
      const page = await readRows(this.base, this.table, this.query, hole.from, PAGE, this.abort.signal)
      this.window.takePage(page, false)
      if (!page.records.length) break
    }
    this.arrange({})
    return this.window.ids.slice(from, end)
  }

  async create(fields: Cells = {}): Promise<string | null> {
    return (await this.createMany([fields]))[0] ?? null
  }

  async createMany(rows: readonly Cells[], undoGroup = mutationId()): Promise<string[]> {
    const made: string[] = []
    try {
      for (let at = 0; at < rows.length; at += BATCH) {
        const records = await this.make(rows.slice(at, at + BATCH), mutationId(), undoGroup)
        // Shown where it was made, at the end, until the next loading puts it in its place.
        this.window.apply([{ kind: 'recordsCreated', records }], true)
        made.push(...records.map(r => r.id))
        this.arrange({})
      }
    } catch (error) {
      this.events.onRefused(problemFrom(error))
    }
    return made
  }

  /** Without a connection a row is shown under a name of our own, and made when it is back. */
  private async make(rows: readonly Cells[], mutation: string, undoGroup: string): Promise<RecordRow[]> {
    const made = rows.map(fields => ({ id: newRowId(), fields }))
    try {
      if (!this.outbox.state.holding) return (await createRecords(this.base, this.table, made, mutation, undoGroup)).body.records
    } catch (error) {
      if (!isUnreached(error)) throw error
    }
    this.wait({ base: this.base, table: this.table, records: [], made, mutation, undoGroup })
    return made
  }

  private wait(write: Write) {
    void this.outbox.send(write).then(written => this.left(write, written), error => {
      this.left(write, null)
      this.events.onRefused(problemFrom(error))
    })
  }

  /** What waited has left: rows have their ids, and what is here is the server's. */
  private left({ mutation, made, removed }: Write, written: Written) {
    let edits = dropEdits(this.state.edits, mutation)
    made?.forEach((row, n) => {
      const record = written?.body.records[n]
      if (record) edits = renameEdits(edits, row.id, record.id)
      this.window.apply([{ kind: 'recordsDeleted', ids: [row.id] }, { kind: 'recordsCreated', records: record ? [record] : [] }], true)
    })
    removed?.forEach(id => this.leaving.delete(id))
    this.arrange({ edits })
    this.refreshSoon(200)
  }

  async remove(all: readonly string[]) {
    const undoGroup = mutationId()
    all.filter(isOwnId).forEach(id => this.outbox.withdraw(id))
    const ids = all.filter(id => !isOwnId(id))
    ids.forEach(id => this.leaving.add(id))
    this.window.apply([{ kind: 'recordsDeleted', ids: [...all] }])
    this.arrange({})
    let at = 0
    try {
      for (; at < ids.length && !this.outbox.state.holding; at += BATCH) await deleteRecords(this.base, this.table, ids.slice(at, at + BATCH), mutationId(), undoGroup)
      if (at < ids.length) return this.wait({ base: this.base, table: this.table, records: [], removed: ids.slice(at), mutation: mutationId(), undoGroup })
    } catch (error) {
      if (isUnreached(error)) return this.wait({ base: this.base, table: this.table, records: [], removed: ids.slice(at), mutation: mutationId(), undoGroup })
      this.events.onRefused(problemFrom(error))
      void this.load()
    }
    ids.forEach(id => this.leaving.delete(id))
  }

  private follow(since: number) {
    this.unsubscribe = this.hub.subscribe(this.table, since, {
      onChanges: message => this.hear(message),
      onReload: () => this.refreshSoon(Math.random() * 250),
      onEnded: reason => reason !== 'draining' && this.events.onEnded(),
    })
  }

  private hear(message: ChangesMessage) {
    this.window.takeMessage(message, isPlain(this.query))
    let edits = settleEdits(this.state.edits, this.window.version)
    if (message.mutation) edits = dropEdits(edits, message.mutation)
    this.set({ edits })
    this.rearrangeAfter(message.changes)
    for (const change of message.changes)
      if (change.kind.startsWith('field') || change.kind.startsWith('view') || change.kind.startsWith('table')) this.events.onSchema(this.table, change)
  }

  /** What a change means for who stands where. */
  private rearrangeAfter(changes: readonly Change[]) {
    const behind = fieldsBehind(this.query)
    for (const change of changes) {
      if (change.kind === 'manyChanged' || (change.kind === 'recordsCreated' && !isPlain(this.query))) this.refreshSoon(400)
      else if (change.kind === 'recordsCreated') this.arrange({})
      else if (change.kind === 'recordsDeleted') {
        this.arrange({})
        if (change.ids.some(id => !this.leaving.has(id))) this.refreshSoon(400)
      } else if (change.kind === 'cellsChanged' && (this.query.search.trim() || change.records.some(r => Object.keys(r.fields).some(f => behind.has(f))))) this.refreshSoon(800)
      else if (change.kind === 'fieldAdded' || change.kind === 'fieldChanged') this.refreshSoon(200)
    }
  }

  private refreshSoon(delay: number) {
    this.timer ??= setTimeout(() => {
      this.timer = null
      if (!this.closed) void this.load()
    }, delay)
  }

  /** An answer to our own request: shown at once unless the feed is already past it. */
  private take(changes: Change[], version: number | undefined) {
    if (version !== undefined && version <= this.window.version) this.set({ edits: settleEdits(this.state.edits, this.window.version) })
    else {
      this.window.apply(changes)
      this.set({})
    }
  }

  private arrange(part: Partial<RowStoreState>) {
    this.set({ ...part, count: this.window.ids.length, exact: this.window.exact, arranged: this.state.arranged + 1 })
  }

  private set(part: Partial<RowStoreState>) {
    this.state = { ...this.state, ...part, version: this.window.version }
    // However many messages a frame brings, the page is drawn once.
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0
      this.listeners.forEach(listen => listen())
    })
  }
}
