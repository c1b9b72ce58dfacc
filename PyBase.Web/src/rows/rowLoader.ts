import { readPage } from '../api/records'
import { problemFrom, type Problem } from '../api/problem'
import type { ChangesMessage } from '../api/types'
import { addPage, noRows, type TableRows } from './tableRows'

/** So many rows are loaded without being asked for; further ones when somebody scrolls to them. */
const EAGER = 10_000

type Show = (rows: TableRows) => void

/** Loads a table page by page and keeps what the hub tells meanwhile, so that a slow page cannot undo it. */
export class RowLoader {
  private since: ChangesMessage[] = []
  private abort = new AbortController()
  private run = 0
  private busy = false
  private again: number | null = null

  constructor(private readonly base: string, private readonly table: string, private readonly fields?: string[]) {}

  heard(message: ChangesMessage) {
    if (this.busy) this.since.push(message)
  }

  stop() {
    this.run++
    this.abort.abort()
    this.busy = false
    this.again = null
  }

  /** Everything from the start; what is shown stays until as much is there again. */
  async load(atLeast: number, shown: () => TableRows, show: Show, closed: () => boolean): Promise<true | Problem> {
    if (this.busy && this.run > 0) {
      this.again = Math.max(this.again ?? 0, atLeast)
      return true
    }
    const run = ++this.run
    this.abort = new AbortController()
    this.busy = true
    this.since = []
    try {
      const enough = Math.min(shown().ids.length + shown().tail.length, EAGER)
      let fresh = noRows
      do {
        fresh = await this.next(fresh, atLeast)
        if (closed() || run !== this.run) return true
      } while (!fresh.complete && fresh.ids.length < enough)
      show(fresh)
      await this.rest(run, shown, show, closed, EAGER)
      return true
    } catch (error) {
      return closed() || run !== this.run ? true : problemFrom(error)
    } finally {
      if (run === this.run) this.busy = false
      if (run === this.run && this.again !== null && !closed()) {
        const version = this.again
        this.again = null
        void this.load(version, shown, show, closed)
      }
    }
  }

  /** One more page, when somebody scrolls towards the end of what is loaded. */
  async more(shown: () => TableRows, show: Show, closed: () => boolean) {
    if (this.busy || shown().complete) return
    const run = this.run
    this.busy = true
    this.since = []
    try {
      await this.rest(run, shown, show, closed, shown().ids.length + 500)
    } catch {
      // Scrolling on asks again.
    } finally {
      if (run === this.run) this.busy = false
    }
  }

  private async rest(run: number, shown: () => TableRows, show: Show, closed: () => boolean, until: number) {
    while (!shown().complete && shown().ids.length < until) {
      const offset = shown().offset
      const { body, versions } = await this.read(offset, shown().version)
      if (closed() || run !== this.run) return
      show(addPage(shown(), { ...body, version: versions[this.table] ?? null }, this.since))
    }
  }

  private async next(rows: TableRows, atLeast: number) {
    const { body, versions } = await this.read(rows.offset, Math.max(rows.version, atLeast))
    return addPage(rows, { ...body, version: versions[this.table] ?? null }, this.since)
  }

  private read(offset: string | undefined, version: number) {
    return readPage(this.base, this.table, {
      offset,
      fields: this.fields,
      atLeast: version > 0 ? { [this.table]: version } : undefined,
      signal: this.abort.signal,
    })
  }
}
