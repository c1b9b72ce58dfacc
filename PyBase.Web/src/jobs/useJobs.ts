import { useQuery, type QueryClient } from '@tanstack/react-query'
import { listJobs } from '../api/jobs'
import type { Job, JobState } from '../api/types'
import { useHubState } from '../live/LiveProvider'

export const jobsKey = (base: string) => ['jobs', base] as const

const open: ReadonlySet<JobState> = new Set(['queued', 'running', 'waiting'])
export const isOpen = (job: Job) => open.has(job.state)

/** Told by the hub; asked for every two seconds while the hub is away and something still runs. */
export function useJobs(base: string) {
  const hub = useHubState()
  return useQuery({
    queryKey: jobsKey(base),
    queryFn: ({ signal }) => listJobs(base, signal),
    refetchInterval: query => {
      if (!query.state.data?.some(isOpen)) return false
      return hub === 'live' ? 10_000 : 2000
    },
  })
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
