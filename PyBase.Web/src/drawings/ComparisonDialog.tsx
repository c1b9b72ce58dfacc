import { Alert, Anchor, Badge, Loader, Modal, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readJob } from '../api/jobs'
import type { Job } from '../api/types'
import { pageTexts } from '../pageTexts'
import { Failed } from '../shell/States'
import { grouped, readDifferences, type Difference } from './comparison'
import classes from './drawings.module.css'
import { FileView } from './FileView'

const t = pageTexts.comparison
const colours = { added: 'green', removed: 'red', changed: 'orange' } as const
/** As many as somebody looks through; the file has all. */
const MOST = 500
const SOON = 500

/** Two revisions side by side, and what changed between them: a difference that is chosen lights up where it stands in both. */
export function ComparisonDialog({ begun, onClose }: { begun: Job; onClose: () => void }) {
  const job = useQuery({ queryKey: ['comparison', begun.id], initialData: begun, refetchInterval: query => (['queued', 'running'].includes(query.state.data?.state ?? '') ? SOON : false), queryFn: ({ signal }) => readJob(begun.id, signal) }).data
  const isDone = job.state === 'succeeded'
  const differences = useQuery({ queryKey: ['differences', job.id], enabled: isDone, staleTime: Infinity, queryFn: ({ signal }) => readDifferences(job.id, signal) })
  const [chosen, setChosen] = useState<Difference>()
  const all = differences.data ?? []
  const files = [{ file: job.file!, title: t.before, place: chosen?.locatorBefore }, { file: job.otherFile!, title: t.after, place: chosen?.locatorAfter }]
  return (
    <Modal opened onClose={onClose} title={t.title(job.file!.name, job.otherFile!.name)} size="min(1280px, 97vw)" data-testid="comparison">
      <div className={classes.sides}>
        {files.map(({ file, title, place }) => (
          <section key={file.id}>
            <Text size="sm" fw={600} mb={4} truncate>{title(file.name)}</Text>
            <FileView base={job.base} file={file.id} name={file.name} place={place ?? undefined} tables={[]} onLeave={onClose} />
          </section>
        ))}
      </div>
      {job.error || ['failed', 'parked', 'cancelled'].includes(job.state) ? <Alert color="red" mt="md" title={t.failed}>{job.error?.message} {job.error?.hint}</Alert>
        : differences.isError ? <Failed title={t.failed} error={differences.error} onRetry={() => void differences.refetch()} />
        : !differences.data ? <Text c="dimmed" size="sm" mt="md" role="status"><Loader size="xs" mr={8} />{t.running}</Text>
        : !all.length ? <Text c="dimmed" mt="md" role="status">{t.same}</Text> : (
          <>
            <Text c="dimmed" size="sm" mt="md">{t.lead}</Text>
            <div className={classes.differences} tabIndex={0} role="region" aria-label={t.lead}>
              {grouped(all.slice(0, MOST)).map(([kind, some]) => (
                <section key={kind}>
                  <Text size="sm" fw={600} my={6}>{t.kinds[kind] ?? kind}</Text>
                  {some.map((one, n) => (
                    <UnstyledButton key={n} className={classes.difference} aria-pressed={one === chosen} onClick={() => setChosen(one)} data-testid="difference">
                      <Badge size="sm" variant="light" color={colours[one.change]}>{t.changes[one.change]}</Badge>
                      <Text span size="sm" fw={550}>{one.key}</Text>
                      {one.change === 'changed' && <Text span size="sm">{t.was(one.field, one.before ?? '', one.after ?? '')}</Text>}
                    </UnstyledButton>
                  ))}
                </section>
              ))}
              {all.length > MOST && <Text c="dimmed" size="sm" mt="xs">{t.more(all.length - MOST)}</Text>}
            </div>
            <Anchor href={`/api/jobs/${job.id}/file`} download size="sm">{t.download}</Anchor>
          </>
        )}
    </Modal>
  )
}
