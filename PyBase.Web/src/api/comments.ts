import type { AirtableComment, CommentList } from './generated'
import { get, patch, post, remove } from './http'

export type Comment = Omit<AirtableComment, 'mentioned'> & { mentioned?: Record<string, { displayName?: string; email?: string }> | null }

const path = (base: string, table: string, record: string) => `/v0/${base}/${table}/${record}/comments`

export const listComments = async (base: string, table: string, record: string, signal?: AbortSignal) => (await get<CommentList>(path(base, table, record), signal)).comments as Comment[]
export const addComment = (base: string, table: string, record: string, text: string) => post<Comment>(path(base, table, record), { text })
export const changeComment = (base: string, table: string, record: string, id: string, text: string) => patch<Comment>(`${path(base, table, record)}/${id}`, { text })
export const removeComment = (base: string, table: string, record: string, id: string) => remove<unknown>(`${path(base, table, record)}/${id}`)
