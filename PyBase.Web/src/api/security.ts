import { get, post, remove } from './http'

export interface Session { id: string; method: string; device: string; address: string; createdTime: string; lastSeenTime: string; current: boolean }
export interface SecondFactor { enabled: boolean; required: boolean; recoveryCodesLeft: number }
export interface Enrolled { secret: string; uri: string }

export const listSessions = async (signal?: AbortSignal) => (await get<{ sessions: Session[] }>('/api/sessions', signal)).sessions
export const endSession = (id: string) => remove<void>(`/api/sessions/${id}`)
export const endOtherSessions = () => remove<void>('/api/sessions')

const factor = '/api/auth/second-factor'
export const readSecondFactor = (signal?: AbortSignal) => get<SecondFactor>(factor, signal)
export const enrolSecondFactor = (password: string) => post<Enrolled>(factor, { password })
export const confirmSecondFactor = async (code: string) => (await post<{ recoveryCodes: string[] }>(`${factor}/confirm`, { code })).recoveryCodes
export const renewRecoveryCodes = async (password: string) => (await post<{ recoveryCodes: string[] }>(`${factor}/recovery-codes`, { password })).recoveryCodes
export const disableSecondFactor = (password: string) => post<SecondFactor>(`${factor}/disable`, { password })
