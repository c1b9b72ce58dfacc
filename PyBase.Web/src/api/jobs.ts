import { get, post } from './http'
import type { Job } from './types'

/** The contract does not say how a list is wrapped; both forms are read. */
export const listJobs = async (base: string, signal?: AbortSignal) => {
  const body = await get<Job[] | { jobs: Job[] }>(`/api/jobs?base=${base}`, signal)
  return Array.isArray(body) ? body : body.jobs
}
export const readJob = (id: string, signal?: AbortSignal) => get<Job>(`/api/jobs/${id}`, signal)
export const cancelJob = (id: string) => post<Job | undefined>(`/api/jobs/${id}/cancel`)
export const retryJob = (id: string) => post<Job | undefined>(`/api/jobs/${id}/retry`)
