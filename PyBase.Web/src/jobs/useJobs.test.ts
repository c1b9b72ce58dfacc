import { describe, expect, it } from 'vitest'
import type { Job } from '../api/types'
import { withKnown } from './useJobs'

const job = (id: string, state: Job['state'], attempts = 0) => ({ id, state, attempts, base: 'app1', progress: { done: 0, total: 1, step: null }, kind: 'extraction', createdTime: '' }) as unknown as Job

describe('a list of jobs', () => {
  it('does not take away a job that was made while it was read', () => {
    expect(withKnown([job('new', 'queued')], [job('old', 'succeeded')]).map(j => j.id)).toEqual(['new', 'old'])
  })

  it('does not make a job run again that has ended', () => {
    expect(withKnown([job('a', 'succeeded', 1)], [job('a', 'running', 1)])[0]!.state).toBe('succeeded')
  })

  it('brings what is newer', () => {
    expect(withKnown([job('a', 'queued')], [job('a', 'succeeded', 1)])[0]!.state).toBe('succeeded')
  })
})
