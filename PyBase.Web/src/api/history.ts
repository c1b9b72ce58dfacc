import { get, post } from './http'
import type { CellValue } from './types'

export interface Effect { transaction: number; command: string; recordsRestored: number; recordsDeleted: number; cells: number; links: number; definitions: number }
export interface Left { tableId: string; recordId?: string; fieldId?: string; reason: string; by?: { id: string; name?: string | null } | null }
export interface UndoAnswer { undone?: Effect[]; redone?: Effect[]; leftCount: number; left: Left[]; hasMore: boolean }

/** One's own last action, as a whole. */
export const undo = (base: string) => post<UndoAnswer>(`/api/bases/${base}/undo`)
export const redo = (base: string) => post<UndoAnswer>(`/api/bases/${base}/redo`)

export interface HistoryChange { fieldId: string; fieldName: string; fieldRemoved?: boolean; from: CellValue; to: CellValue }
export interface HistoryEntry { version: number; time: string; actor: { id: string; name?: string | null } | null; through: string; kind: string; changes: HistoryChange[] }

export const readHistory = (base: string, table: string, record: string, cursor?: string, signal?: AbortSignal) =>
  get<{ entries: HistoryEntry[]; cursor: string | null }>(`/api/bases/${base}/tables/${table}/records/${record}/history${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`, signal)
