import type { SearchAnswer, SearchHit as FoundRecord } from './generated'
import { get } from './http'

export type { FoundRecord }
export const searchBase = (base: string, words: string, signal?: AbortSignal) =>
  get<SearchAnswer>(`/api/bases/${base}/search?limit=20&q=${encodeURIComponent(words)}`, signal)
