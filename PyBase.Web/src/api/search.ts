import { get } from './http'

export interface FoundRecord { tableId: string; recordId: string; name: string; excerpt: string }
export const searchBase = (base: string, words: string, signal?: AbortSignal) =>
  get<{ results: FoundRecord[]; hasMore: boolean }>(`/api/bases/${base}/search?limit=20&q=${encodeURIComponent(words)}`, signal)
