import { readNames } from '../api/records'
import type { Hub } from '../live/hub'

/** Names asked for in one request. */
const BATCH = 100

/** What the records of one linked table are called: asked for when first shown, kept current by its feed. */
export class LinkNames {
  private readonly names = new Map<string, string>()
  private readonly wanted = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | null = null
  private unsubscribe: (() => void) | null = null

  constructor(private readonly base: string, private readonly table: string, private readonly primary: string, hub: Hub, private readonly onNews: () => void) {
    this.unsubscribe = hub.subscribe(table, null, {
      onChanges: message => {
        for (const change of message.changes)
          if (change.kind === 'cellsChanged') change.records.filter(r => primary in r.fields && this.names.delete(r.id)).forEach(r => this.want(r.id))
          else if (change.kind === 'manyChanged') this.forget()
      },
      onReload: () => this.forget(),
    })
  }

  of(id: string): string | undefined {
    const known = this.names.get(id)
    if (known === undefined) this.want(id)
    return known
  }

  close() {
    this.unsubscribe?.()
    this.unsubscribe = null
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
  }

  private forget() {
    for (const id of this.names.keys()) this.wanted.add(id)
    this.later()
  }

  private want(id: string) {
    this.wanted.add(id)
    this.later()
  }

  private later() {
    if (this.unsubscribe) this.timer ??= setTimeout(() => void this.load(), 20)
  }

  private async load() {
    const ids = [...this.wanted].slice(0, BATCH)
    ids.forEach(id => this.wanted.delete(id))
    try {
      const records = await readNames(this.base, this.table, ids, this.primary)
      const found = new Map(records.map(r => [r.id, String(r.fields[this.primary] ?? '')]))
      // One that is not there any more has no name, and is not asked for again and again.
      ids.forEach(id => this.names.set(id, found.get(id) ?? ''))
      this.onNews()
    } catch {
      // Drawn again, asked again.
    } finally {
      this.timer = null
      if (this.wanted.size) this.later()
    }
  }
}
