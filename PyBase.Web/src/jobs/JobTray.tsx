import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import type { Job } from '../api/types'
import { texts } from '../texts'
import { JobCard } from './JobCard'
import classes from './JobTray.module.css'
import { SendingCard } from './SendingCard'
import type { Imports } from './useImports'
import { isOpen, useJobs } from './useJobs'

interface Props { base: string; imports: Imports; onOpen: (table: string) => void; onDecide: (job: string) => void }

/** What most people look for in a drawing, before its layers and layouts. */
const roles = ['parts', 'bom', 'dimensions', 'texts']
const partsOf = (job: Job) => {
  const tables = job.result?.tables ?? []
  return (roles.flatMap(role => tables.filter(t => t.role === role && t.created !== 0))[0] ?? tables[0])?.id
}

/** In the corner: what is being sent and read, and what came of it. */
export function JobTray({ base, imports, onOpen, onDecide }: Props) {
  const jobs = useJobs(base).data ?? []
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const [folded, setFolded] = useState(false)
  // One that a notification led to.
  const asked = useSearchParams()[0].get('job')

  // Jobs seen running stay until they are dismissed; what ended before this page was opened is history.
  useEffect(() => {
    const running = jobs.filter(job => isOpen(job) && !seen.has(job.id))
    if (running.length) setSeen(new Set([...seen, ...running.map(job => job.id)]))
  }, [jobs, seen])
  useOpenParts(jobs, imports, onOpen)

  const shown = jobs.filter(job => (seen.has(job.id) || imports.started.has(job.id) || job.id === asked) && !dismissed.has(job.id))
  if (shown.length + imports.sending.length === 0) return null
  return (
    <aside className={classes.tray} aria-label={texts.jobs.tray} data-testid="job-tray">
      <header className={classes.head}>
        <b>{texts.jobs.tray}</b>
        <ActionIcon variant="subtle" color="gray" size="sm" onClick={() => setFolded(!folded)} aria-expanded={!folded}
          aria-label={folded ? texts.jobs.expand : texts.jobs.collapse}>
          {folded ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
        </ActionIcon>
      </header>
      {!folded && (
        <div className={classes.list}>
          {imports.sending.map(sending => <SendingCard key={sending.key} sending={sending} imports={imports} />)}
          {shown.map(job => (
            <JobCard onDecide={() => onDecide(job.id)} key={job.id} job={job} onOpen={onOpen} onDismiss={() => setDismissed(new Set([...dismissed, job.id]))} />
          ))}
        </div>
      )}
    </aside>
  )
}

/** The parts of a drop are shown as soon as they are there, unless somebody has gone elsewhere since. */
function useOpenParts(jobs: readonly Job[], imports: Imports, onOpen: (table: string) => void) {
  const path = useLocation().pathname
  const from = useRef(new Map<string, string>())
  useEffect(() => {
    for (const id of imports.started) if (!from.current.has(id)) from.current.set(id, path)
    for (const job of jobs) {
      const parts = partsOf(job)
      if (!parts || !from.current.has(job.id)) continue
      if (from.current.get(job.id) === path) onOpen(parts)
      from.current.set(job.id, '')
    }
  }, [jobs, imports.started, path, onOpen])
}
