import { get, post, remove } from './http'
import type { Me, NewToken, SignedIn, Token } from './types'

export interface Provider { name: string; title: string; url: string }

export interface SignUp { email: string; password: string; name: string; invitation?: string; setupCode?: string }

export const me = (signal?: AbortSignal) => get<Me>('/api/auth/me', signal)
export const signUp = (form: SignUp) => post<SignedIn>('/api/auth/sign-up', form)
export const signIn = (form: { email: string; password: string }) => post<SignedIn>('/api/auth/sign-in', form)
export const signInWithCode = (form: { ticket: string; code: string }) => post<SignedIn>('/api/auth/sign-in/second-factor', form)
export const listProviders = async (signal?: AbortSignal) => (await get<{ providers: Provider[] }>('/api/auth/providers', signal)).providers
export const forgottenPassword = (email: string) => post<void>('/api/auth/password/forgotten', { email })
export const resetPassword = (link: string, password: string) => post<void>('/api/auth/password', { link, password })
export const confirmAddress = (link: string) => post<void>('/api/auth/confirm', { link })
export const askConfirmation = () => post<void>('/api/auth/confirmation')
export const signOut = () => post<void>('/api/auth/sign-out')

/** The contract does not say how a list is wrapped; both forms are read. */
export const listTokens = async () => {
  const body = await get<Token[] | { tokens: Token[] }>('/api/tokens')
  return Array.isArray(body) ? body : body.tokens
}
export const createToken = (name: string) => post<NewToken>('/api/tokens', { name })
export const deleteToken = (id: string) => remove<void>(`/api/tokens/${id}`)
