import { Anchor, Badge, Button, FileButton, Group, Modal, Stack, Text } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Job } from '../api/types'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { ComparisonDialog } from '../drawings/ComparisonDialog'
import { compareFiles } from '../drawings/comparison'
import { FileView } from '../drawings/FileView'
import { tellProblem } from '../shell/tell'
import classes from './FoundDialog.module.css'

const t = texts.jobs
const { found } = pageTexts
const colours = { info: 'gray', warning: 'orange', error: 'red' } as const

/** A drawing beside what was read from it, and what was odd about it. */
export function FoundDialog({ job, place, onOpen, onClose }: { job: Job; place?: string; onOpen: (table: string) => void; onClose: () => void }) {
  const file = `/api/bases/${job.base}/files/${job.file!.id}`
  const findings = job.findings ?? []
  const compare = useMutation({ mutationFn: (other: File) => compareFiles(job.base, job.file!, other), onError: tellProblem })
  return (
    <Modal opened onClose={onClose} closeOnEscape={!compare.data} title={job.file!.name} size="min(1080px, 96vw)" data-testid="found">
      <div className={classes.halves}>
        <FileView base={job.base} file={job.file!.id} name={job.file!.name} place={place} tables={job.result?.tables ?? []} onLeave={onClose} />
        <Stack gap="sm">
          {place && <Text size="sm" data-testid="found-place">{found.place(place)}</Text>}
          <Text fw={600}>{found.foundTables}</Text>
          {(job.result?.tables ?? []).map(table => (
            <Group key={table.id} justify="space-between" wrap="nowrap">
              <div><Text size="sm" fw={550}>{table.name}</Text><Text size="xs" c="dimmed">{t.created(table.created ?? 0)}</Text></div>
              <Button size="compact-sm" variant="light" onClick={() => { onClose(); onOpen(table.id) }}>{found.openTable}</Button>
            </Group>
          ))}
          <Text fw={600} mt="sm">{findings.length ? t.findings(findings.length) : found.noFindings}</Text>
          <ul className={classes.findings}>
            {findings.map((finding, n) => (
              <li key={n}>
                <Badge size="xs" color={colours[finding.severity]} variant="light">{found.severities[finding.severity]}</Badge>
                <span>{finding.message}{t.times(finding.count ?? 1)}<small>{found.explains[finding.severity]} <code>{finding.code}</code></small></span>
              </li>
            ))}
          </ul>
          <Group gap="lg">
            <Anchor href={`${file}/original`} download size="sm">{found.original}</Anchor>
            <FileButton onChange={other => other && compare.mutate(other)} inputProps={{ 'data-testid': 'compare-file' } as object}>
              {props => <Button {...props} size="compact-sm" variant="light" leftSection={<IconArrowsDiff size={16} />} loading={compare.isPending} data-testid="compare">{pageTexts.comparison.ask}</Button>}
            </FileButton>
          </Group>
        </Stack>
      </div>
      {compare.data && <ComparisonDialog begun={compare.data} onClose={() => compare.reset()} />}
    </Modal>
  )
}
