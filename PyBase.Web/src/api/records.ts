import type { CellSource as SourceOfCell, CellSources, RecordCount, RowPage as Rows } from './generated'
import { send } from './http'
import type { Cells, RecordPage, RecordRow } from './types'
import type { RowPage } from '../rows/rowWindow'
import { queryParameters, type RowQuery } from '../rows/rowQuery'

/** Records of one writing request. */
export const BATCH = 500

/** Rows `start`… of a query. The total is known when the query is short or its places have been counted; else it is asked for. */
export async function readRows(base: string, table: string, query: RowQuery, start: number, size: number, signal?: AbortSignal): Promise<RowPage> {
  const parameters = queryParameters(query)
  parameters.set('start', String(start))
  parameters.set('pageSize', String(size))
  parameters.set('returnFieldsByFieldId', 'true')
  const { body, versions } = await send<Rows>(`/api/bases/${base}/tables/${table}/rows?${parameters}`, { signal })
  const seen = start + body.records.length
  const version = versions[table] ?? 0
  if (!body.offset && body.records.length > 0 || !body.offset && start === 0) return { start, records: body.records, total: seen, exact: true, version }
  if (typeof body.total === 'number') return { start, records: body.records, total: Math.max(body.total, seen), exact: body.isExact ?? false, version }
  const counted = await countRows(base, table, query, signal)
  return { start, records: body.records, total: Math.max(counted.total ?? 0, seen + (body.offset ? 1 : 0)), exact: counted.isExact, version }
}

export async function countRows(base: string, table: string, query: RowQuery, signal?: AbortSignal) {
  const { body } = await send<RecordCount>(`/api/bases/${base}/tables/${table}/position?${queryParameters(query)}`, { signal })
  return body
}

export const readRecord = async (base: string, table: string, id: string, signal?: AbortSignal) =>
  (await send<RecordRow>(`/v0/${base}/${table}/${id}?returnFieldsByFieldId=true`, { signal })).body

/** Records by their ids, those that are there. */
export async function readRecords(base: string, table: string, ids: readonly string[]): Promise<RecordRow[]> {
  const found: RecordRow[] = []
  for (let at = 0; at < ids.length; at += 100) {
    const filterByFormula = `OR(${ids.slice(at, at + 100).map(id => `RECORD_ID()='${id}'`).join(',')})`
    const { body } = await send<RecordPage>(`/v0/${base}/${table}/listRecords`, { method: 'POST', json: { filterByFormula, pageSize: 100, returnFieldsByFieldId: true } })
    found.push(...body.records)
  }
  return found
}

export const changeRecords = (base: string, table: string, records: readonly { id: string; fields: Cells }[], mutation: string, undoGroup?: string) =>
  send<{ records: RecordRow[] }>(`/v0/${base}/${table}`, {
    method: 'PATCH',
    mutation,
    undoGroup,
    json: { records, typecast: true, returnFieldsByFieldId: true },
  })

export const createRecords = (base: string, table: string, records: readonly { fields: Cells }[], mutation: string, undoGroup?: string) =>
  send<{ records: RecordRow[] }>(`/v0/${base}/${table}`, {
    method: 'POST',
    mutation,
    undoGroup,
    headers: { 'Idempotency-Key': mutation },
    json: { records: records.map(({ fields }) => ({ fields })), typecast: true, returnFieldsByFieldId: true },
  })

export function deleteRecords(base: string, table: string, ids: readonly string[], mutation: string, undoGroup?: string) {
  const query = new URLSearchParams()
  for (const id of ids) query.append('records[]', id)
  return send<unknown>(`/v0/${base}/${table}?${query}`, { method: 'DELETE', mutation, undoGroup })
}

/** Some records of a table, each with its primary cell as text. */
export const listNamed = async (base: string, table: string, primary: string, ask: { filterByFormula?: string; search?: string; pageSize: number }, signal?: AbortSignal) =>
  (await send<RecordPage>(`/v0/${base}/${table}/listRecords`, {
    method: 'POST', signal,
    json: { ...ask, fields: [primary], returnFieldsByFieldId: true, cellFormat: 'string', timeZone: 'utc', userLocale: 'en' },
  })).body.records

/** Records of a table by id: their primary cells. */
export const readNames = (base: string, table: string, ids: readonly string[], primary: string, signal?: AbortSignal) =>
  listNamed(base, table, primary, { filterByFormula: `OR(${ids.map(id => `RECORD_ID()='${id}'`).join(',')})`, pageSize: ids.length }, signal)

/** Records of a table whose text contains the words, for a picker. */
export const findRecords = (base: string, table: string, words: string, primary: string, signal?: AbortSignal) =>
  listNamed(base, table, primary, { search: words.trim() || undefined, pageSize: 50 }, signal)

/** Where a cell, or the whole record, stands in a file. */
export type CellSource = Omit<SourceOfCell, 'field' | 'confidence'> & { field?: string; confidence?: number | null }
export type Sources = CellSources

export const readSources = async (base: string, table: string, id: string, signal?: AbortSignal) =>
  (await send<Sources>(`/api/bases/${base}/tables/${table}/records/${id}/provenance`, { signal })).body
