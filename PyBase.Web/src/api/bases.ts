import { get, patch, post, send } from './http'
import type { Base, Field, NewField, NewTable, Table } from './types'

export async function listBases(signal?: AbortSignal): Promise<Base[]> {
  const bases: Base[] = []
  let offset: string | undefined
  do {
    const page = await get<{ bases: Base[]; offset?: string }>(
      `/v0/meta/bases${offset ? `?offset=${encodeURIComponent(offset)}` : ''}`, signal)
    bases.push(...page.bases)
    offset = page.offset
  } while (offset)
  return bases
}

export const createBase = (base: { name: string; workspaceId: string; tables: NewTable[] }) =>
  post<{ id: string; tables: Table[] }>('/v0/meta/bases', base)

export async function listTables(base: string, signal?: AbortSignal) {
  const { body, versions } = await send<{ tables: Table[] }>(`/v0/meta/bases/${base}/tables`, { signal })
  return { tables: body.tables, versions }
}

export const createTable = (base: string, table: NewTable) => post<Table>(`/v0/meta/bases/${base}/tables`, table)

export const createField = (base: string, table: string, field: NewField) =>
  post<Field>(`/v0/meta/bases/${base}/tables/${table}/fields`, field)

export const renameField = (base: string, table: string, field: string, name: string) =>
  patch<Field>(`/v0/meta/bases/${base}/tables/${table}/fields/${field}`, { name })
