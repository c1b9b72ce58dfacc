import { ask } from '../api/file'
import type { Job } from '../api/types'

/** One thing that two files say differently. */
export interface Difference { kind: string; change: 'added' | 'removed' | 'changed'; key: string; field: string | null; before: string | null; after: string | null; locatorBefore: string | null; locatorAfter: string | null }

/** Has two files compared; the first is in the base already. */
export async function compareFiles(base: string, before: { id: string; name: string }, after: File, signal?: AbortSignal): Promise<Job> {
  const original = await ask(`/api/bases/${base}/files/${before.id}/original`, { signal })
  const form = new FormData()
  form.append('file', await original.blob(), before.name)
  form.append('file', after, after.name)
  return (await (await ask(`/api/bases/${base}/comparisons`, { method: 'POST', body: form, signal })).json()) as Job
}

export const readDifferences = async (job: string, signal?: AbortSignal): Promise<Difference[]> => parsed(await (await ask(`/api/jobs/${job}/file`, { signal })).text())

/** One difference a line. */
export const parsed = (lines: string): Difference[] => lines.split('\n').filter(Boolean).map(line => JSON.parse(line) as Difference)

/** By what they are about; what a part is called stands before what is said of it. */
export function grouped(differences: readonly Difference[]): [string, Difference[]][] {
  const groups = new Map<string, Difference[]>()
  for (const one of differences) groups.set(one.kind, [...(groups.get(one.kind) ?? []), one])
  return [...groups]
}
