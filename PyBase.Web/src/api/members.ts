import { get, patch, post, remove } from './http'

export const roles = ['viewer', 'commenter', 'editor', 'admin', 'owner'] as const
export type Role = (typeof roles)[number]
export interface Member { id: string; email: string; name: string; role: Role }
export interface Invitation { id: string; email: string; role: Role; expires: string }
export interface Added { member?: Member; invitation?: { id: string; url: string } }

const path = (workspace: string) => `/api/workspaces/${workspace}/members`
export const listMembers = (workspace: string, signal?: AbortSignal) => get<{ members: Member[]; invitations: Invitation[] }>(path(workspace), signal)
export const addMember = (workspace: string, who: { email: string; role: Role }) => post<Added>(path(workspace), who)
export const changeMember = (workspace: string, id: string, role: Role) => patch<unknown>(`${path(workspace)}/${id}`, { role })
export const removeMember = (workspace: string, id: string) => remove<void>(`${path(workspace)}/${id}`)
