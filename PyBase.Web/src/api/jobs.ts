import type { JobPage } from './generated'
import { get, post } from './http'
import type { Job } from './types'

export const listJobs = async (base: string, signal?: AbortSignal) => (await get<JobPage>(`/api/jobs?base=${base}`, signal)).jobs as Job[]
export const readJob = (id: string, signal?: AbortSignal) => get<Job>(`/api/jobs/${id}`, signal)
export const cancelJob = (id: string) => post<Job | undefined>(`/api/jobs/${id}/cancel`)
export const retryJob = (id: string) => post<Job | undefined>(`/api/jobs/${id}/retry`)
