import { CLIENT_HEADER } from '../api/http'
import { problemOf } from '../api/problem'
import type { Job } from '../api/types'

/** One thing that two files say differently. */
export interface Difference { kind: string; change: 'added' | 'removed' | 'changed'; key: string; field: string | null; before: string | null; after: string | null; locatorBefore: string | null; locatorAfter: string | null }

const credentials = { headers: CLIENT_HEADER, credentials: 'same-origin' } as const

/** Has two files compared; the first is in the base already. */
export async function compareFiles(base: string, before: { id: string; name: string }, after: File, signal?: AbortSignal): Promise<Job> {
  const original = await fetch(`/api/bases/${base}/files/${before.id}/original`, { ...credentials, signal })
  if (!original.ok) throw problemOf(original.status, await original.json().catch(() => undefined))
  const form = new FormData()
  form.append('file', await original.blob(), before.name)
  form.append('file', after, after.name)
  const answer = await fetch(`/api/bases/${base}/comparisons`, { ...credentials, method: 'POST', body: form, signal })
  const body: unknown = await answer.json().catch(() => undefined)
  if (!answer.ok) throw problemOf(answer.status, body)
  return body as Job
}

export async function readDifferences(job: string, signal?: AbortSignal): Promise<Difference[]> {
  const answer = await fetch(`/api/jobs/${job}/file`, { ...credentials, signal })
  if (!answer.ok) throw problemOf(answer.status, await answer.json().catch(() => undefined))
  return parsed(await answer.text())
}

/** One difference a line. */
export const parsed = (lines: string): Difference[] => lines.split('\n').filter(Boolean).map(line => JSON.parse(line) as Difference)

/** By what they are about; what a part is called stands before what is said of it. */
export function grouped(differences: readonly Difference[]): [string, Difference[]][] {
  const groups = new Map<string, Difference[]>()
  for (const one of differences) groups.set(one.kind, [...(groups.get(one.kind) ?? []), one])
  return [...groups]
}
