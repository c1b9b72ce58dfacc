import { get, post } from './http'
import type { Job, NewField } from './types'

export interface MappedColumn { column: string; field?: string; newField?: NewField; numbers?: string; dates?: string; master?: string }
export interface ImportMapping {
  table?: string
  newTable?: string
  columns: MappedColumn[]
  merge?: { on: string[]; existing?: string; missing?: string; emptyCells?: string; compare?: string } | null
  badRows?: string
}
export interface ImportPreview {
  file: { format: string; encoding?: string; delimiter?: string | null; sheet?: string | null; sheets?: string[]; rows: number }
  columns: { name: string; type: string; filled: number; ambiguous?: boolean; examples: string[] }[]
  rows: (string | null)[][]
  mapping: ImportMapping
  losses: { column: string; cells: number; why: string }[]
}

export const readPreview = (job: string, signal?: AbortSignal) => get<ImportPreview>(`/api/jobs/${job}/preview`, signal)
export const decideImport = (job: string, mapping: ImportMapping) => post<Job>(`/api/jobs/${job}/import`, mapping)

export const exportUrl = (base: string, table: string, view: string, format: string) => `/api/bases/${base}/tables/${table}/export?format=${format}&view=${view}`
