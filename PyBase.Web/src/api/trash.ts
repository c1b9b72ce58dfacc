import type { BaseName, TrashItem, TrashList } from './generated'
import { get, post, remove } from './http'

export type { TrashItem }

const path = (base: string) => `/api/bases/${base}/trash`

/** Deleted tables and fields. */
export const listDefinitions = async (base: string, signal?: AbortSignal) => (await get<TrashList>(path(base), signal)).items
/** Deleted records of a table. */
export const listRecords = (base: string, table: string, cursor?: string | null, signal?: AbortSignal) =>
  get<TrashList>(`${path(base)}?table=${table}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, signal)
export const listDeletedBases = async (workspace: string, signal?: AbortSignal) => (await get<TrashList>(`/api/workspaces/${workspace}/trash`, signal)).items

export type InTrash = { table: string; records: string[] } | { field: string } | { table: string }
export const restore = (base: string, what: InTrash) => post<unknown>(`${path(base)}/restore`, what)
export const purge = (base: string, what: InTrash) => post<unknown>(`${path(base)}/purge`, what)
export const restoreBase = (workspace: string, base: string) => post<BaseName>(`/api/workspaces/${workspace}/trash/${base}/restore`)
export const purgeBase = (workspace: string, base: string) => remove<unknown>(`/api/workspaces/${workspace}/trash/${base}`)
