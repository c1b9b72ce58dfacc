import type { Widget } from './dashboards'
import type { FormFile, FormQuestion, FormSubmitted, MadeShareLink, ShareGrant, ShareLink as Share, ShareLinks, SharedForm } from './generated'
import { get, post, remove, send } from './http'
import type { CellValue, Field, RecordPage } from './types'

export type { FormFile, Share }

const path = (base: string) => `/api/bases/${base}/shares`

export const listShares = async (base: string, signal?: AbortSignal) => (await get<ShareLinks>(path(base), signal)).shares
/** The address is told this once. */
export const createShare = (base: string, share: { view?: string; dashboard?: string; password?: string; expires?: string }) => post<MadeShareLink>(path(base), share)
export const revokeShare = (base: string, id: string) => remove<unknown>(`${path(base)}/${id}`)

export interface FormCondition { field: string; operator: 'is' | 'isNot' | 'isAnyOf' | 'isEmpty' | 'isNotEmpty'; value?: string[] }
export type Question = Omit<FormQuestion, 'field' | 'when'> & { field: Field; when: FormCondition[] }
export type Form = Omit<SharedForm, 'questions'> & { questions: Question[] }
export type Shared = { name: string } & ({ kind: 'form'; form: Form; proof: string } | { kind: 'dashboard'; description: string | null; widgets: Widget[] } | { kind: 'view'; table: string; primaryFieldId: string | null; fields: Field[] })

/** A link, and what stands for its password. */
export interface Door { token: string; grant?: string }

const at = ({ token }: Door, rest = '') => `/api/shares/${encodeURIComponent(token)}${rest}`
const headers = ({ grant }: Door): Record<string, string> => (grant ? { 'PyBase-Share-Grant': grant } : {})

export const openShare = async (door: Door, signal?: AbortSignal) => (await send<Shared>(at(door), { headers: headers(door), signal })).body
export const unlockShare = async (token: string, password: string) => (await post<ShareGrant>(at({ token }, '/unlock'), { password })).grant

export async function listSharedRecords(door: Door, query: Record<string, string>, signal?: AbortSignal) {
  return (await send<RecordPage>(at(door, `/records?${new URLSearchParams({ returnFieldsByFieldId: 'true', ...query })}`), { headers: headers(door), signal })).body
}

export interface Answers { fields: Record<string, CellValue>; files: Record<string, FormFile[]>; proof: string; website: string }

export const submitForm = async (door: Door, answers: Answers, key: string) =>
  (await send<FormSubmitted>(at(door, '/submit'), { method: 'POST', json: answers, headers: { ...headers(door), 'Idempotency-Key': key } })).body
