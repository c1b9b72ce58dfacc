import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { listJobs } from '../api/jobs'
import type { Job, JobState } from '../api/types'

export const jobsKey = (base: string) => ['jobs', base] as const

const open: ReadonlySet<JobState> = new Set(['queued', 'running', 'waiting'])
export const isOpen = (job: Job) => open.has(job.state)

/** Told by the hub, and asked for while something runs: a job may end between its drop and the answer to our subscription. */
export function useJobs(base: string) {
  const queries = useQueryClient()
  return useQuery({
    queryKey: jobsKey(base),
    queryFn: async ({ signal }) => {
      const listed = await listJobs(base, signal)
      return withKnown(queries.getQueryData<Job[]>(jobsKey(base)) ?? [], listed)
    },
    refetchInterval: query => (query.state.data?.some(isOpen) ? 2000 : false),
  })
}

/** A list that was read before a job was made must not take it away again. */
export function withKnown(known: readonly Job[], listed: readonly Job[]): Job[] {
  const byId = new Map(known.map(job => [job.id, job]))
  const ids = new Set(listed.map(job => job.id))
  return [
    ...known.filter(job => !ids.has(job.id)),
    ...listed.map(job => {
      const before = byId.get(job.id)
      return before ? newer(before, job) : job
    }),
  ]
}

export function takeJob(queries: QueryClient, base: string, job: Job) {
  if (job.base !== base) return
  queries.setQueryData<Job[]>(jobsKey(base), (jobs = []) =>
    jobs.some(j => j.id === job.id) ? jobs.map(j => (j.id === job.id ? newer(j, job) : j)) : [job, ...jobs])
}

/** Messages and answers cross: a job that has ended does not run again unless it was tried again. */
export function newer(known: Job, told: Job): Job {
  const tries = (told.attempts ?? 0) - (known.attempts ?? 0)
  if (tries < 0) return known
  if (tries === 0 && !isOpen(known) && isOpen(told) && told.state === 'running') return known
  if (tries === 0 && known.state === 'running' && told.state === 'running' && (told.progress?.done ?? 0) < (known.progress?.done ?? 0))
    return known
  return told
}
