import { Anchor, Stack, Text, UnstyledButton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { CellSource, Sources } from '../api/records'
import type { Table } from '../api/types'
import { FilePicture } from '../jobs/FilePicture'
import { Centered, Failed } from '../shell/States'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import classes from './records.module.css'

const t = pageTexts.sources

/** Where a record and its cells stand in the files that filled them: a click on one shows its place in the picture. */
export function RecordSource({ base, table, sources }: { base: string; table: Table; sources: UseQueryResult<Sources> }) {
  const [chosen, setChosen] = useState<string>()
  if (sources.isError) return <Failed title={t.failed} error={sources.error} onRetry={() => void sources.refetch()} />
  if (!sources.data) return <Centered />
  const { record: whole, cells } = sources.data
  const all: CellSource[] = [...(whole ? [whole] : []), ...cells].filter(source => source.file.id)
  const shown = all.find(source => source.field === chosen) ?? all[0]
  if (!shown) return <Text c="dimmed" size="sm">{t.none}</Text>
  return (
    <Stack gap="md" data-testid="sources">
      <FilePicture base={base} file={shown.file.id!} name={shown.file.name ?? ''} highlight={shown.locator} />
      <Stack gap={4}>
        {all.map(source => (
          <UnstyledButton key={source.field ?? ''} className={classes.source} data-active={source === shown || undefined} onClick={() => setChosen(source.field)}>
            <Text size="sm" fw={600}>{table.fields.find(field => field.id === source.field)?.name ?? t.record}</Text>
            <Text size="xs" c="dimmed">{t.place(source.file.name ?? '', source.locator, source.confidence)}</Text>
          </UnstyledButton>
        ))}
      </Stack>
      <Anchor href={`/api/bases/${base}/files/${shown.file.id}/original`} download size="sm">{texts.jobs.original}</Anchor>
    </Stack>
  )
}
