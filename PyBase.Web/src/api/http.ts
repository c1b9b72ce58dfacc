import { problemOf, Problem } from './problem'
import { texts } from '../texts'
import { parseVersions, type Versions } from './versions'

export interface Answer<T> { body: T; versions: Versions }

export interface Send {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  json?: unknown
  /** Comes back in the hub's message about this change. */
  mutation?: string
  /** Requests of one action: undo takes them back together. */
  undoGroup?: string
  /** Read your writes: the answer shows at least these versions. */
  atLeast?: Versions
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** Unsafe requests carry it: a page of another origin cannot send this header with the session cookie. */
export const CLIENT_HEADER = { 'PyBase-Client': 'web' } as const

let whenSignedOut: () => void = () => {}
/** Called when the server no longer knows this session. */
export function onSignedOut(listener: () => void) {
  whenSignedOut = listener
}

let whenFactorOwed: () => void = () => {}
/** Called when this installation wants a second factor before anything else. */
export function onFactorOwed(listener: () => void) {
  whenFactorOwed = listener
}

export async function send<T>(path: string, options: Send = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json', ...CLIENT_HEADER, ...options.headers }
  if (options.json !== undefined) headers['Content-Type'] = 'application/json'
  if (options.mutation) headers['PyBase-Mutation'] = options.mutation
  if (options.undoGroup) headers['PyBase-Undo-Group'] = options.undoGroup
  const atLeast = Object.entries(options.atLeast ?? {}).map(([id, version]) => `${id}=${version}`)
  if (atLeast.length) headers['PyBase-At-Least'] = atLeast.join(', ')

  let response: Response
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      body: options.json === undefined ? undefined : JSON.stringify(options.json),
      signal: options.signal,
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new Problem(0, 'unreachable', texts.errors.unreachable, texts.errors.unreachableHint)
  }
  const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined)
  if (!response.ok) {
    const problem = problemOf(response.status, body)
    if (!path.startsWith('/api/auth/')) {
      if (problem.status === 401) whenSignedOut()
      // Under /v0 codes are written as Airtable writes them.
      else if (problem.code === 'second-factor-required' || problem.code === 'SECOND_FACTOR_REQUIRED') whenFactorOwed()
    }
    throw problem
  }
  return { body: body as T, versions: parseVersions(response.headers.get('PyBase-Version')) }
}

export const get = async <T>(path: string, signal?: AbortSignal) => (await send<T>(path, { signal })).body
export const post = async <T>(path: string, json: unknown = {}) => (await send<T>(path, { method: 'POST', json })).body
export const patch = async <T>(path: string, json: unknown) => (await send<T>(path, { method: 'PATCH', json })).body
export const remove = async <T>(path: string) => (await send<T>(path, { method: 'DELETE' })).body
