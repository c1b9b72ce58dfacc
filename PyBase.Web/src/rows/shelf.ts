import type { Write } from './outbox'

const NAME = 'pybase', STORE = 'outbox'

/** What waits for the connection, kept in this browser for the one person: whoever closes the window finds it when they come back. */
export class Shelf {
  private readonly opened: Promise<IDBDatabase>

  constructor(private readonly person: string) {
    this.opened = new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  }

  async read(): Promise<Write[]> {
    const store = (await this.opened).transaction(STORE).objectStore(STORE)
    return ((await done(store.get(this.person))) as Write[] | undefined) ?? []
  }

  async keep(writes: readonly Write[]) {
    const store = (await this.opened).transaction(STORE, 'readwrite').objectStore(STORE)
    if (writes.length) await done(store.put(writes, this.person))
    else await done(store.delete(this.person))
  }
}

const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})
