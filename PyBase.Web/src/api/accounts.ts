import type { MeBody, NewTokenBody, ProviderBody as Provider, ProvidersBody, SignedInBody, TokensBody } from './generated'
import { get, post, remove } from './http'

export type { Provider }

export interface SignUp { email: string; password: string; name: string; invitation?: string; setupCode?: string }

export const me = (signal?: AbortSignal) => get<MeBody>('/api/auth/me', signal)
export const signUp = (form: SignUp) => post<SignedInBody>('/api/auth/sign-up', form)
export const signIn = (form: { email: string; password: string }) => post<SignedInBody>('/api/auth/sign-in', form)
export const signInWithCode = (form: { ticket: string; code: string }) => post<SignedInBody>('/api/auth/sign-in/second-factor', form)
export const listProviders = async (signal?: AbortSignal) => (await get<ProvidersBody>('/api/auth/providers', signal)).providers
export const forgottenPassword = (email: string) => post<void>('/api/auth/password/forgotten', { email })
export const resetPassword = (link: string, password: string) => post<void>('/api/auth/password', { link, password })
export const confirmAddress = (link: string) => post<void>('/api/auth/confirm', { link })
export const askConfirmation = () => post<void>('/api/auth/confirmation')
export const signOut = () => post<void>('/api/auth/sign-out')

export const listTokens = async () => (await get<TokensBody>('/api/tokens')).tokens
export const createToken = (name: string) => post<NewTokenBody>('/api/tokens', { name })
export const deleteToken = (id: string) => remove<void>(`/api/tokens/${id}`)
