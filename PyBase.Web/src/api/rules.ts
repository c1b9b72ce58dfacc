import type { RuleOfField, RuleOfRows, RulesOfTable } from './generated'
import { get, send } from './http'
import type { RecordPage, Table } from './types'

export type Access = 'none' | 'read' | 'write'
export type FieldRule = RuleOfField & { access: Access }
export type RowRule = RuleOfRows
export interface Rules { fields: FieldRule[]; rows: RowRule[] }

const path = (base: string, table: string) => `/api/bases/${base}/tables/${table}/rules`
export const readRules = (base: string, table: string, signal?: AbortSignal) => get<RulesOfTable>(path(base, table), signal) as Promise<Rules>
export const setRules = async (base: string, table: string, rules: Rules) =>
  rules.fields.length + rules.rows.length ? (await send<Rules>(path(base, table), { method: 'PUT', json: rules })).body : (await send<undefined>(path(base, table), { method: 'DELETE' }), { fields: [], rows: [] })

/** A table and its first records as a member sees them. */
export async function readAs(base: string, table: string, person: string, signal?: AbortSignal) {
  const { tables } = await get<{ tables: Table[] }>(`/v0/meta/bases/${base}/tables?viewAs=${person}`, signal)
  const seen = tables.find(x => x.id === table)
  if (!seen) return null
  const { records } = await get<RecordPage>(`/v0/${base}/${table}?viewAs=${person}&pageSize=50&returnFieldsByFieldId=true&cellFormat=string&timeZone=utc&userLocale=en`, signal)
  return { table: seen, records }
}
