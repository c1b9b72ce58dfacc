import { get } from './http'

export interface TreeLine { record: string; level: number; quantity: number; total: number; value?: number | null }
/** What a record consists of, depth first; a record inside itself ends its branch. */
export interface Tree { lines: TreeLine[]; isCut: boolean; hasCycle: boolean }

export function readTree(base: string, table: string, ask: { record: string; link: string; quantity?: string; value?: string }, signal?: AbortSignal) {
  const parameters = new URLSearchParams(Object.entries(ask).filter(([, value]) => value))
  return get<Tree>(`/api/bases/${base}/tables/${table}/tree?${parameters}`, signal)
}
