import type { AddedBody, MemberBody as Member, MembersBody, OpenInvitationBody as Invitation, Role } from './generated'
import { get, patch, post, remove } from './http'

export const roles = ['viewer', 'commenter', 'editor', 'admin', 'owner'] as const satisfies readonly Role[]
export type { Invitation, Member, Role }

const path = (workspace: string) => `/api/workspaces/${workspace}/members`
export const listMembers = (workspace: string, signal?: AbortSignal) => get<MembersBody>(path(workspace), signal)
export const addMember = (workspace: string, who: { email: string; role: Role }) => post<AddedBody>(path(workspace), who)
export const changeMember = (workspace: string, id: string, role: Role) => patch<unknown>(`${path(workspace)}/${id}`, { role })
export const removeMember = (workspace: string, id: string) => remove<void>(`${path(workspace)}/${id}`)
