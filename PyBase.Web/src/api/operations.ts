import { CLIENT_HEADER, get, post, send } from './http'
import type { CapacityPlan, OperationsView, PlanQuestion as Question } from './generated'
import { Problem } from './problem'
import { texts } from '../texts'

export interface Health { status: string; checks: Record<string, string>; details?: Record<string, unknown> | null }

export type Operations = OperationsView
export type PlanQuestion = Required<Question>

export const readOperations = (signal?: AbortSignal) => get<Operations>('/api/operations', signal)
export const planCapacity = (question: PlanQuestion) => post<CapacityPlan>('/api/operations/plan', question)
export const setConcurrency = (queue: string, concurrency: number | null) => send<void>(`/api/operations/queues/${queue}/concurrency`, { method: 'PUT', json: { concurrency } })
/** An installation that is not well says so with 503 and tells what is wrong all the same. */
export async function readHealth(signal?: AbortSignal): Promise<Health> {
  const answer = await fetch('/health', { headers: CLIENT_HEADER, signal }).catch(() => null)
  const said = (await answer?.json().catch(() => null)) as Health | null
  if (!said?.checks) throw new Problem(answer?.status ?? 0, 'unreachable', texts.errors.unreachable, texts.errors.unreachableHint)
  return said
}
export const drainQueue = (queue: string) => post<{ queue: string; parked: number }>(`/api/operations/queues/${queue}/drain`)
export const loadSampleBase = () => post<{ id: string }>('/api/operations/sample-base')
