import type { CellChange as HistoryChange, HistoryItem as HistoryEntry, HistoryOfRecord, LeftAlone as Left, RedoAnswer, UndoAnswer as UndoneAnswer, UndoneAction as Effect } from './generated'
import { get, post } from './http'

export type { Effect, HistoryChange, HistoryEntry, Left }
export type UndoAnswer = Omit<UndoneAnswer, 'undone'> & Partial<Pick<UndoneAnswer, 'undone'> & Pick<RedoAnswer, 'redone'>>

/** One's own last action, as a whole. */
export const undo = (base: string) => post<UndoAnswer>(`/api/bases/${base}/undo`)
export const redo = (base: string) => post<UndoAnswer>(`/api/bases/${base}/redo`)

export const readHistory = (base: string, table: string, record: string, cursor?: string, signal?: AbortSignal) =>
  get<HistoryOfRecord>(`/api/bases/${base}/tables/${table}/records/${record}/history${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`, signal)
