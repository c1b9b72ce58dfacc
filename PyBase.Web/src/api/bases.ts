import { ask } from './file'
import type { BaseName, ConvertedField, CopiedBase, TableDefinition } from './generated'
import { get, patch, post, remove, send } from './http'
import type { Base, Field, FieldOptions, NewField, NewTable, Table } from './types'

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

export const changeField = (base: string, table: string, field: string, change: { name?: string; description?: string; options?: FieldOptions }) =>
  patch<Field>(`/v0/meta/bases/${base}/tables/${table}/fields/${field}`, change)

export const removeField = (base: string, table: string, field: string) => remove<{ id: string }>(`/v0/meta/bases/${base}/tables/${table}/fields/${field}`)

export const renameTable = (base: string, table: string, name: string) => patch<Table>(`/v0/meta/bases/${base}/tables/${table}`, { name })
export const removeTable = (base: string, table: string) => remove<{ id: string }>(`/v0/meta/bases/${base}/tables/${table}`)

export type Conversion = ConvertedField

/** A field of another type; with `dryRun` only what that would do to its cells. */
export const convertField = (base: string, table: string, field: string, to: { type: string; options?: FieldOptions; dryRun?: boolean }) =>
  post<Conversion>(`/api/bases/${base}/tables/${table}/fields/${field}/convert`, to)

export const changeBase = (base: string, name: string) => patch<BaseName>(`/v0/meta/bases/${base}`, { name })
export const removeBase = (base: string) => remove<unknown>(`/v0/meta/bases/${base}`)
export const duplicateBase = (base: string, name: string) => post<CopiedBase>(`/api/bases/${base}/duplicate`, { name })
export const duplicateTable = (base: string, table: string) => post<TableDefinition>(`/api/bases/${base}/tables/${table}/duplicate`)

/** Puts the base back to what the file holds. */
export const restoreSnapshot = async (base: string, file: File) => (await (await ask(`/api/bases/${base}/snapshot/restore`, { method: 'POST', body: file })).json()) as CopiedBase
