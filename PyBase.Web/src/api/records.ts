import { send } from './http'
import type { Cells, RecordPage, RecordRow } from './types'
import type { Versions } from './versions'

/** Airtable's limit of one request. */
export const BATCH = 10
/** The first page is small, so that something is seen soon; the rest comes in large ones. */
const FIRST_PAGE = 100
const PAGE = 1_000

export interface PageAsk { offset?: string; fields?: string[]; atLeast?: Versions; signal?: AbortSignal }

export function readPage(base: string, table: string, ask: PageAsk = {}) {
  const query = new URLSearchParams({ pageSize: String(ask.offset ? PAGE : FIRST_PAGE), returnFieldsByFieldId: 'true' })
  for (const field of ask.fields ?? []) query.append('fields[]', field)
  if (ask.offset) query.set('offset', ask.offset)
  return send<RecordPage>(`/v0/${base}/${table}?${query}`, { atLeast: ask.atLeast, signal: ask.signal })
}

export const changeRecords = (base: string, table: string, records: { id: string; fields: Cells }[], mutation: string) =>
  send<{ records: RecordRow[] }>(`/v0/${base}/${table}`, {
    method: 'PATCH',
    mutation,
    json: { records, typecast: true, returnFieldsByFieldId: true },
  })

export const createRecords = (base: string, table: string, records: { fields: Cells }[], mutation: string) =>
  send<{ records: RecordRow[] }>(`/v0/${base}/${table}`, {
    method: 'POST',
    mutation,
    json: { records, typecast: true, returnFieldsByFieldId: true },
  })

export function deleteRecords(base: string, table: string, ids: string[], mutation: string) {
  const query = new URLSearchParams()
  for (const id of ids) query.append('records[]', id)
  return send<unknown>(`/v0/${base}/${table}?${query}`, { method: 'DELETE', mutation })
}
