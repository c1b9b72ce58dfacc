import { Button, CloseButton, Progress } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { cancelJob, retryJob } from '../api/jobs'
import type { Job } from '../api/types'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import classes from './JobTray.module.css'
import { isOpen, jobsKey, takeJob } from './useJobs'

const ComparisonDialog = lazy(() => import('../drawings/ComparisonDialog').then(m => ({ default: m.ComparisonDialog })))
const FoundDialog = lazy(() => import('./FoundDialog').then(m => ({ default: m.FoundDialog })))
const t = texts.jobs

interface Props { job: Job; onOpen: (table: string) => void; onDecide: () => void; onDismiss: () => void }

export function JobCard({ job, onOpen, onDecide, onDismiss }: Props) {
  const queries = useQueryClient()
  const settle = (told: Job | undefined) =>
    told?.id ? takeJob(queries, job.base, told) : void queries.invalidateQueries({ queryKey: jobsKey(job.base) })
  const cancel = useMutation({ mutationFn: () => cancelJob(job.id), onSuccess: settle, onError: tellProblem })
  const retry = useMutation({ mutationFn: () => retryJob(job.id), onSuccess: settle, onError: tellProblem })
  const [looking, setLooking] = useState(false)
  const open = isOpen(job)
  const { done = 0, total = 0, step } = job.progress ?? {}
  const tables = job.result?.tables ?? []
  const created = tables.reduce((sum, table) => sum + (table.created ?? 0), 0)
  // What ended the job stands above already, with its hint.
  const findings = (job.findings ?? []).filter(finding => finding.message !== job.error?.message)
  return (
    <section className={classes.card} data-testid="job-card" data-job={job.id}>
      <div className={classes.title}>
        <b title={job.file?.name}>{job.file?.name ?? job.kind}</b>
        {!open && <CloseButton size="sm" aria-label={t.dismiss} onClick={onDismiss} />}
      </div>
      {open && <Progress size="sm" animated={total === 0} value={total ? (100 * done) / total : 100} aria-label={t.states[job.state]} />}
      <div className={classes.line}>
        <span className={classes.state} data-state={job.state} data-testid="job-state" role="status">
          {job.state === 'running' && step ? capital(step) : (t.states[job.state] ?? job.state)}
        </span>
        <span>{job.state === 'running' && total > 0 ? t.progress(Math.min(1, done / total)) : created > 0 ? t.created(created) : ''}</span>
      </div>
      {job.error && <div className={classes.error} role="alert">{job.error.message}{job.error.hint && <span>{job.error.hint}</span>}</div>}
      {findings.length > 0 && (
        <ul className={classes.findings} aria-label={t.findings(findings.length)} data-testid="job-findings">
          {findings.map((finding, n) => (
            <li key={n} data-severity={finding.severity}>{finding.message}{t.times(finding.count ?? 1)}</li>
          ))}
        </ul>
      )}
      <div className={classes.actions}>
        {job.state === 'waiting' && <Button size="compact-sm" onClick={onDecide} data-testid="job-decide">{t.decide}</Button>}
        {job.state === 'succeeded' && job.kind === 'extraction' && job.file && <Button size="compact-sm" variant="default" onClick={() => setLooking(true)} data-testid="job-look">{t.look}</Button>}
        {job.state === 'succeeded' && job.kind === 'comparison' && job.file && job.otherFile && <Button size="compact-sm" variant="default" onClick={() => setLooking(true)} data-testid="job-differences">{pageTexts.comparison.open}</Button>}
        {tables.map(table => (
          <Button key={table.id} size="compact-sm" variant="light" title={table.name} aria-label={t.open(table.name)} onClick={() => onOpen(table.id)} data-testid="job-open">{shortName(table.name, job.file?.name)}</Button>
        ))}
        {open && <Button size="compact-sm" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()} data-testid="job-cancel">{t.cancel}</Button>}
        {(job.state === 'parked' || job.state === 'cancelled') && (
          <Button size="compact-sm" variant="default" loading={retry.isPending} onClick={() => retry.mutate()} data-testid="job-retry">{t.retry}</Button>
        )}
      </div>
      <Suspense>{looking && job.kind === 'comparison' && <ComparisonDialog begun={job} onClose={() => setLooking(false)} />}</Suspense>
      <Suspense>{looking && job.kind === 'extraction' && <FoundDialog job={job} onOpen={onOpen} onClose={() => setLooking(false)} />}</Suspense>
    </section>
  )
}

/** Tables of a drawing begin with its name, which stands above already. */
function shortName(name: string, file = '') {
  const stem = file.replace(/\.[^.]+$/, '')
  return capital(stem && name.startsWith(`${stem} `) ? name.slice(stem.length + 1) : name)
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
