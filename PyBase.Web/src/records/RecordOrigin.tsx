import { Text, UnstyledButton } from '@mantine/core'
import { IconFileSearch } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { CellValue, Table } from '../api/types'
import { useJobs } from '../jobs/useJobs'
import { texts } from '../texts'
import classes from './records.module.css'

const FoundDialog = lazy(() => import('../jobs/FoundDialog').then(m => ({ default: m.FoundDialog })))
const t = texts.records

/** The drawing that a record was read from, and the place in it; a click shows the drawing. */
export function RecordOrigin({ base, table, value, onOpen }: { base: string; table: Table; value: (field: string) => CellValue; onOpen: (table: string) => void }) {
  const [looking, setLooking] = useState(false)
  const job = (useJobs(base).data ?? []).find(j => j.kind === 'extraction' && j.file && j.result?.tables.some(x => x.id === table.id))
  const of = (name: string) => { const field = table.fields.find(f => f.name === name); return field && value(field.id) }
  const [place, confidence] = [of('Locator'), of('Confidence')]
  // Rows that somebody added have no place in it.
  if (!job || !place) return null
  return (
    <>
      <UnstyledButton className={classes.from} title={t.look} onClick={() => setLooking(true)} data-testid="record-origin">
        <IconFileSearch size={16} aria-hidden /><Text span size="sm">{t.from(job.file!.name, String(place), typeof confidence === 'number' ? confidence : 1)}</Text>
      </UnstyledButton>
      <Suspense>{looking && <FoundDialog job={job} place={String(place)} onOpen={onOpen} onClose={() => setLooking(false)} />}</Suspense>
    </>
  )
}
