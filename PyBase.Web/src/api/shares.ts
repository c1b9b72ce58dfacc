import type { Widget } from './dashboards'
import { get, post, remove, send } from './http'
import type { CellValue, Field, RecordPage } from './types'

export interface Share { id: string; kind: 'view' | 'form' | 'dashboard'; view?: string; dashboard?: string; hasPassword: boolean; createdTime: string; expires: string; revoked: string | null }

const path = (base: string) => `/api/bases/${base}/shares`

export const listShares = async (base: string, signal?: AbortSignal) => (await get<{ shares: Share[] }>(path(base), signal)).shares
/** The address is told this once. */
export const createShare = (base: string, share: { view?: string; dashboard?: string; password?: string; expires?: string }) => post<{ share: Share; url: string }>(path(base), share)
export const revokeShare = (base: string, id: string) => remove<unknown>(`${path(base)}/${id}`)

export interface FormCondition { field: string; operator: 'is' | 'isNot' | 'isAnyOf' | 'isEmpty' | 'isNotEmpty'; value?: string[] }
export interface Question { field: Field; label: string; help?: string; required: boolean; when: FormCondition[] }
export interface Form {
  title?: string
  description?: string
  submitText?: string
  coverImageUrl?: string
  showBranding?: boolean
  open: boolean
  closedText?: string
  questions: Question[]
}
export type Shared = { name: string } & ({ kind: 'form'; form: Form; proof: string } | { kind: 'dashboard'; description: string | null; widgets: Widget[] } | { kind: 'view'; table: string; primaryFieldId: string | null; fields: Field[] })

/** A link, and what stands for its password. */
export interface Door { token: string; grant?: string }

const at = ({ token }: Door, rest = '') => `/api/shares/${encodeURIComponent(token)}${rest}`
const headers = ({ grant }: Door): Record<string, string> => (grant ? { 'PyBase-Share-Grant': grant } : {})

export const openShare = async (door: Door, signal?: AbortSignal) => (await send<Shared>(at(door), { headers: headers(door), signal })).body
export const unlockShare = async (token: string, password: string) => (await post<{ grant: string }>(at({ token }, '/unlock'), { password })).grant

export async function listSharedRecords(door: Door, query: Record<string, string>, signal?: AbortSignal) {
  return (await send<RecordPage>(at(door, `/records?${new URLSearchParams({ returnFieldsByFieldId: 'true', ...query })}`), { headers: headers(door), signal })).body
}

export interface FormFile { filename: string; contentType: string; file: string }
export interface Answers { fields: Record<string, CellValue>; files: Record<string, FormFile[]>; proof: string; website: string }

export const submitForm = async (door: Door, answers: Answers, key: string) =>
  (await send<{ message: string | null; redirectUrl: string | null }>(at(door, '/submit'), { method: 'POST', json: answers, headers: { ...headers(door), 'Idempotency-Key': key } })).body
