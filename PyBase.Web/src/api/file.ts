import { CLIENT_HEADER } from './http'
import { problemOf } from './problem'

/** What is sent or answered as it is, and not as JSON. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(path, { ...init, headers: CLIENT_HEADER, credentials: 'same-origin' })
  if (!answer.ok) throw problemOf(answer.status, await answer.json().catch(() => undefined))
  return answer
}
