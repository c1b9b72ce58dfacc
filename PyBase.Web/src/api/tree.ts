import type { TreeAnswer as Tree, TreeRow as TreeLine } from './generated'
import { get } from './http'

export type { Tree, TreeLine }

/** What a record consists of, depth first; a record inside itself ends its branch. */
export function readTree(base: string, table: string, ask: { record: string; link: string; quantity?: string; value?: string }, signal?: AbortSignal) {
  const parameters = new URLSearchParams(Object.entries(ask).filter(([, value]) => value))
  return get<Tree>(`/api/bases/${base}/tables/${table}/tree?${parameters}`, signal)
}
