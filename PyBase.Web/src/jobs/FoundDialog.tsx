import { Anchor, Badge, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { IconCube } from '@tabler/icons-react'
import type { Job } from '../api/types'
import { texts } from '../texts'
import { lazy, Suspense, useState } from 'react'
import { isModel } from '../models/model'
import { pageTexts } from '../pageTexts'
import { FilePicture } from './FilePicture'
import classes from './FoundDialog.module.css'

const ModelView = lazy(() => import('../models/ModelView'))
const t = texts.jobs
const colours = { info: 'gray', warning: 'orange', error: 'red' } as const

/** A drawing beside what was read from it, and what was odd about it. */
export function FoundDialog({ job, place, onOpen, onClose }: { job: Job; place?: string; onOpen: (table: string) => void; onClose: () => void }) {
  const file = `/api/bases/${job.base}/files/${job.file!.id}`
  const findings = job.findings ?? []
  // What draws in three dimensions is large, so it is asked for.
  const [inSpace, setInSpace] = useState(false)
  return (
    <Modal opened onClose={onClose} title={job.file!.name} size="min(1080px, 96vw)" data-testid="found">
      <div className={classes.halves}>
        {inSpace ? <Suspense fallback={<Loader size="sm" />}><ModelView base={job.base} file={job.file!.id} name={job.file!.name} tables={job.result?.tables ?? []} onLeave={onClose} /></Suspense>
          : isModel(job.file!.name) ? <div className={classes.picture}><Button variant="light" leftSection={<IconCube size={18} />} onClick={() => setInSpace(true)} data-testid="model-show">{pageTexts.models.show}</Button></div>
          : <FilePicture base={job.base} file={job.file!.id} name={job.file!.name} />}
        <Stack gap="sm">
          {place && <Text size="sm" data-testid="found-place">{t.place(place)}</Text>}
          <Text fw={600}>{t.foundTables}</Text>
          {(job.result?.tables ?? []).map(table => (
            <Group key={table.id} justify="space-between" wrap="nowrap">
              <div><Text size="sm" fw={550}>{table.name}</Text><Text size="xs" c="dimmed">{t.created(table.created ?? 0)}</Text></div>
              <Button size="compact-sm" variant="light" onClick={() => { onClose(); onOpen(table.id) }}>{t.openTable}</Button>
            </Group>
          ))}
          <Text fw={600} mt="sm">{findings.length ? t.findings(findings.length) : t.noFindings}</Text>
          <ul className={classes.findings}>
            {findings.map((finding, n) => (
              <li key={n}>
                <Badge size="xs" color={colours[finding.severity]} variant="light">{t.severities[finding.severity]}</Badge>
                <span>{finding.message}{t.times(finding.count ?? 1)}<small>{t.explains[finding.severity]} <code>{finding.code}</code></small></span>
              </li>
            ))}
          </ul>
          <Anchor href={`${file}/original`} download size="sm">{t.original}</Anchor>
        </Stack>
      </div>
    </Modal>
  )
}
