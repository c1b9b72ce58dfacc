import type { EnrolledBody as Enrolled, RecoveryCodesBody, SecondFactorBody as SecondFactor, SessionBody as Session, SessionsBody } from './generated'
import { get, post, remove } from './http'

export type { Enrolled, SecondFactor, Session }

export const listSessions = async (signal?: AbortSignal) => (await get<SessionsBody>('/api/sessions', signal)).sessions
export const endSession = (id: string) => remove<void>(`/api/sessions/${id}`)
export const endOtherSessions = () => remove<void>('/api/sessions')

const factor = '/api/auth/second-factor'
export const readSecondFactor = (signal?: AbortSignal) => get<SecondFactor>(factor, signal)
export const enrolSecondFactor = (password: string) => post<Enrolled>(factor, { password })
export const confirmSecondFactor = async (code: string) => (await post<RecoveryCodesBody>(`${factor}/confirm`, { code })).recoveryCodes
export const renewRecoveryCodes = async (password: string) => (await post<RecoveryCodesBody>(`${factor}/recovery-codes`, { password })).recoveryCodes
export const disableSecondFactor = (password: string) => post<SecondFactor>(`${factor}/disable`, { password })
