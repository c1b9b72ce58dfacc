import type { ColumnMapping, MappingOfImport as ImportMapping, PreviewOfImport as ImportPreview } from './generated'
import { get, post } from './http'
import type { Job } from './types'

export type { ImportMapping, ImportPreview }
export type MappedColumn = ColumnMapping

export const readPreview = (job: string, signal?: AbortSignal) => get<ImportPreview>(`/api/jobs/${job}/preview`, signal)
export const decideImport = (job: string, mapping: ImportMapping) => post<Job>(`/api/jobs/${job}/import`, mapping)

export const exportUrl = (base: string, table: string, view: string, format: string) => `/api/bases/${base}/tables/${table}/export?format=${format}&view=${view}`
