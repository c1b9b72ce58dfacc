import type { Cells, CellValue, Change, ChangesMessage } from '../api/types'
import { BATCH, changeRecords, createRecords, deleteRecords } from '../api/records'
import { mutationId } from '../api/mutationId'
import { problemFrom } from '../api/problem'
import type { Hub } from '../live/hub'
import { RowLoader } from './rowLoader'
import { onlyEdited, type RowStoreEvents, type RowStoreState } from './rowStoreState'
import { addEdits, answerEdits, dropEdits, noEdits, settleEdits, shownValue } from './pendingEdits'
import { applyChanges, applyMessage, noRows } from './tableRows'

/** The rows of one table in this browser: loaded in pages, kept current by the hub, edited at once and settled later. */
export class RowStore {
  private state: RowStoreState = { rows: noRows, edits: noEdits, leaving: new Set(), status: 'loading', problem: null }
  private readonly listeners = new Set<() => void>()
  private readonly loader: RowLoader
  private unsubscribe: (() => void) | null = null
  private frame = 0
  private closed = false

  constructor(
    readonly base: string,
    readonly table: string,
    private readonly hub: Hub,
    private readonly events: RowStoreEvents,
    fields?: string[],
  ) {
    this.loader = new RowLoader(base, table, fields)
  }

  open() {
    this.closed = false
    void this.load()
  }

  close() {
    this.closed = true
    this.loader.stop()
    this.unsubscribe?.()
    this.unsubscribe = null
    cancelAnimationFrame(this.frame)
    this.frame = 0
  }

  getState = () => this.state
  listen = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  value(id: string, field: string): CellValue {
    return shownValue(this.state.edits, id, field, this.state.rows.byId.get(id)?.fields[field])
  }

  /** Called again after a failure, and when the hub says that too much happened to tell. */
  async load(atLeast = 0): Promise<void> {
    const done = await this.loader.load(atLeast, () => this.state.rows, rows => {
      this.set({ rows, status: 'ready', problem: null })
      if (!this.unsubscribe && !this.closed) this.follow(rows.version < 0 ? null : rows.version)
    }, () => this.closed)
    if (done !== true && !this.closed) this.set({ status: this.state.rows === noRows ? 'failed' : 'ready', problem: done })
  }

  more = () => this.loader.more(() => this.state.rows, rows => this.set({ rows }), () => this.closed)

  async edit(records: { id: string; fields: Cells }[]) {
    for (let at = 0; at < records.length; at += BATCH) {
      const batch = records.slice(at, at + BATCH)
      const mutation = mutationId()
      this.set({ edits: addEdits(this.state.edits, mutation, batch) })
      void changeRecords(this.base, this.table, batch, mutation).then(
        ({ body, versions }) => {
          const version = versions[this.table]
          this.set({ edits: version === undefined ? dropEdits(this.state.edits, mutation) : answerEdits(this.state.edits, mutation, version) })
          this.take([{ kind: 'cellsChanged', records: onlyEdited(batch, body.records) }], version)
        },
        error => {
          this.set({ edits: dropEdits(this.state.edits, mutation) })
          this.events.onRefused(problemFrom(error))
        },
      )
    }
  }

  async create(fields: Cells = {}): Promise<string | null> {
    try {
      const { body, versions } = await createRecords(this.base, this.table, [{ fields }], mutationId())
      this.take([{ kind: 'recordsCreated', records: body.records }], versions[this.table])
      return body.records[0]?.id ?? null
    } catch (error) {
      this.events.onRefused(problemFrom(error))
      return null
    }
  }

  async remove(ids: readonly string[]) {
    this.set({ leaving: new Set([...this.state.leaving, ...ids]) })
    for (let at = 0; at < ids.length; at += BATCH) {
      const batch = ids.slice(at, at + BATCH)
      try {
        const { versions } = await deleteRecords(this.base, this.table, batch, mutationId())
        this.take([{ kind: 'recordsDeleted', ids: batch }], versions[this.table] ?? Infinity)
      } catch (error) {
        this.set({ leaving: new Set() })
        this.events.onRefused(problemFrom(error))
        return
      }
    }
    this.set({ leaving: new Set([...this.state.leaving].filter(id => !ids.includes(id))) })
  }

  private follow(since: number | null) {
    this.unsubscribe = this.hub.subscribe(this.table, since, {
      onChanges: message => this.hear(message),
      onReload: version => setTimeout(() => !this.closed && void this.load(version), Math.random() * 250),
      onEnded: reason => reason !== 'draining' && this.events.onEnded(),
    })
  }

  private hear(message: ChangesMessage) {
    this.loader.heard(message)
    const rows = applyMessage(this.state.rows, message)
    let edits = settleEdits(this.state.edits, rows.version)
    if (message.mutation) edits = dropEdits(edits, message.mutation)
    this.set({ rows, edits })
    for (const change of message.changes) {
      if (change.kind === 'manyChanged') void this.load(message.version)
      else if (change.kind.startsWith('field') || change.kind.startsWith('view') || change.kind.startsWith('table'))
        this.events.onSchema(this.table, change)
    }
  }

  /** An answer to our own request: shown at once unless the feed is already past it. */
  private take(changes: Change[], version: number | undefined) {
    const rows = this.state.rows
    if (version !== undefined && version <= rows.version) {
      this.set({ edits: settleEdits(this.state.edits, rows.version) })
      return
    }
    this.set({ rows: applyChanges(rows, changes) })
  }

  private set(part: Partial<RowStoreState>) {
    this.state = { ...this.state, ...part }
    // However many messages a frame brings, the page is drawn once.
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0
      this.listeners.forEach(listen => listen())
    })
  }
}
