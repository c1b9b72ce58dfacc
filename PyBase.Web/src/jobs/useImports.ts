import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { mutationId } from '../api/mutationId'
import { problemFrom, type Problem } from '../api/problem'
import { takeJob } from './useJobs'
import { upload } from './upload'

/** A file on its way; once it has arrived, a job takes its place. */
export interface Sending { key: string; file: File; sent: number; total: number; problem: Problem | null; abort: () => void }

export interface Imports {
  sending: readonly Sending[]
  /** Jobs begun from this page: their tables are opened when they are there. */
  started: ReadonlySet<string>
  add: (files: File[]) => void
  again: (sending: Sending) => void
  dismiss: (key: string) => void
}

export function useImports(base: string): Imports {
  const queries = useQueryClient()
  const [sending, setSending] = useState<readonly Sending[]>([])
  const [started, setStarted] = useState<ReadonlySet<string>>(new Set())
  const line = useRef<Promise<unknown>>(Promise.resolve())

  const change = (key: string, part: Partial<Sending>) =>
    setSending(all => all.map(s => (s.key === key ? { ...s, ...part } : s)))
  const dismiss = useCallback((key: string) => setSending(all => all.filter(s => s.key !== key)), [])

  const add = useCallback((files: File[]) => {
    for (const file of files) {
      const key = mutationId()
      let cancelled = false
      setSending(all => [{ key, file, sent: 0, total: file.size, problem: null, abort: () => { cancelled = true; dismiss(key) } }, ...all])
      // One after the other: the first is being read while the next is sent.
      line.current = line.current.then(async () => {
        if (cancelled) return
        const { job, abort } = upload(base, file, (sent, total) => change(key, { sent, total }))
        change(key, { abort })
        try {
          const made = await job
          takeJob(queries, base, made)
          setStarted(all => new Set([...all, made.id]))
          dismiss(key)
        } catch (error) {
          const problem = problemFrom(error)
          if (problem.code === 'aborted') dismiss(key)
          else change(key, { problem })
        }
      })
    }
  }, [base, queries, dismiss])

  const again = useCallback((s: Sending) => { dismiss(s.key); add([s.file]) }, [add, dismiss])
  return useMemo(() => ({ sending, started, add, again, dismiss }), [sending, started, add, again, dismiss])
}
