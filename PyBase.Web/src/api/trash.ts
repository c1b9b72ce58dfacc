import { get, post, remove } from './http'

export interface TrashItem { kind: string; id: string; name: string; tableId?: string; deletedTime: string; deletedBy: { id: string; name?: string | null } | null }
interface TrashPage { items: TrashItem[]; cursor: string | null }

const path = (base: string) => `/api/bases/${base}/trash`

/** Deleted tables and fields. */
export const listDefinitions = async (base: string, signal?: AbortSignal) => (await get<TrashPage>(path(base), signal)).items
/** Deleted records of a table. */
export const listRecords = (base: string, table: string, cursor?: string | null, signal?: AbortSignal) =>
  get<TrashPage>(`${path(base)}?table=${table}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, signal)
export const listDeletedBases = async (workspace: string, signal?: AbortSignal) => (await get<TrashPage>(`/api/workspaces/${workspace}/trash`, signal)).items

export type InTrash = { table: string; records: string[] } | { field: string } | { table: string }
export const restore = (base: string, what: InTrash) => post<unknown>(`${path(base)}/restore`, what)
export const purge = (base: string, what: InTrash) => post<unknown>(`${path(base)}/purge`, what)
export const restoreBase = (workspace: string, base: string) => post<{ id: string; name: string }>(`/api/workspaces/${workspace}/trash/${base}/restore`)
export const purgeBase = (workspace: string, base: string) => remove<unknown>(`/api/workspaces/${workspace}/trash/${base}`)
