import { Anchor, Stack, Text, UnstyledButton } from '@mantine/core'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { readJob } from '../api/jobs'
import type { CellSource, Sources } from '../api/records'
import type { Table } from '../api/types'
import { FileView } from '../drawings/FileView'
import { Centered, Failed } from '../shell/States'
import { pageTexts } from '../pageTexts'
import classes from './records.module.css'

const t = pageTexts.sources

/** Where a record and its cells stand in the files that filled them: a click on one shows its place in the picture. */
export function RecordSource({ base, table, sources, onLeave }: { base: string; table: Table; sources: UseQueryResult<Sources>; onLeave: () => void }) {
  const [chosen, setChosen] = useState<string>()
  const { record: whole, cells = [] } = sources.data ?? {}
  const all: CellSource[] = [...(whole ? [whole] : []), ...cells].filter(source => source.file.id)
  const shown = all.find(source => source.field === chosen) ?? all[0]
  // What else became of the file: a part that is picked leads to its record there.
  const job = useQuery({ queryKey: ['job', shown?.job], enabled: Boolean(shown), staleTime: Infinity, queryFn: ({ signal }) => readJob(shown!.job, signal) })
  if (sources.isError) return <Failed title={t.failed} error={sources.error} onRetry={() => void sources.refetch()} />
  if (!sources.data) return <Centered />
  if (!shown) return <Text c="dimmed" size="sm">{t.none}</Text>
  return (
    <Stack gap="md" data-testid="sources">
      <FileView key={shown.file.id} base={base} file={shown.file.id!} name={shown.file.name ?? ''} place={shown.locator} tables={job.data?.result?.tables ?? []} onLeave={onLeave} />
      <Stack gap={4}>
        {all.map(source => (
          <UnstyledButton key={source.field ?? ''} className={classes.source} data-testid={`source-${table.fields.find(field => field.id === source.field)?.name ?? 'record'}`} data-active={source === shown || undefined} onClick={() => setChosen(source.field)}>
            <Text size="sm" fw={600}>{table.fields.find(field => field.id === source.field)?.name ?? t.record}</Text>
            <Text size="xs" c="dimmed">{t.place(source.file.name ?? '', source.locator, source.confidence ?? undefined)}</Text>
          </UnstyledButton>
        ))}
      </Stack>
      <Anchor href={`/api/bases/${base}/files/${shown.file.id}/original`} download size="sm">{pageTexts.found.original}</Anchor>
    </Stack>
  )
}
