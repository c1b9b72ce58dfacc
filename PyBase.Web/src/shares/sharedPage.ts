import { listSharedRecords, type Door } from '../api/shares'
import type { Field, RecordPage } from '../api/types'

/** A page of rows. Where fields link records it is asked for as text too, since a link by itself names nobody. */
export async function sharedPage(door: Door, fields: readonly Field[], offset: string, signal: AbortSignal): Promise<RecordPage> {
  const query: Record<string, string> = { pageSize: '100', ...(offset && { offset }) }
  const links = fields.filter(f => f.type === 'multipleRecordLinks').map(f => f.id)
  const [page, words] = await Promise.all([
    listSharedRecords(door, query, signal),
    links.length ? listSharedRecords(door, { ...query, cellFormat: 'string', timeZone: 'UTC', userLocale: 'en' }, signal) : undefined,
  ])
  if (!words) return page
  const named = new Map(words.records.map(r => [r.id, r.fields]))
  return { ...page, records: page.records.map(r => ({ ...r, fields: { ...r.fields, ...Object.fromEntries(links.map(id => [id, named.get(r.id)?.[id]])) } })) }
}
