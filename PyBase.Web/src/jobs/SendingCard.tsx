import { Button, CloseButton, Progress } from '@mantine/core'
import { texts } from '../texts'
import classes from './JobTray.module.css'
import type { Imports, Sending } from './useImports'

export function SendingCard({ sending, imports }: { sending: Sending; imports: Imports }) {
  const { file, sent, total, problem } = sending
  const percent = total ? Math.round((100 * sent) / total) : 0
  return (
    <section className={classes.card} data-testid="job-card">
      <div className={classes.title}>
        <b title={file.name}>{file.name}</b>
        <CloseButton size="sm" aria-label={problem ? texts.jobs.dismiss : texts.jobs.cancel}
          onClick={() => (problem ? imports.dismiss(sending.key) : sending.abort())} />
      </div>
      {problem ? (
        <>
          <div className={classes.error} role="alert">{problem.message}{problem.hint && <span>{problem.hint}</span>}</div>
          <div className={classes.actions}>
            <Button size="compact-sm" variant="default" onClick={() => imports.again(sending)}>{texts.jobs.retry}</Button>
          </div>
        </>
      ) : (
        <>
          <Progress value={percent} size="sm" aria-label={texts.jobs.states.uploading} />
          <div className={classes.line}>
            <span className={classes.state} data-state="uploading" data-testid="job-state">{texts.jobs.states.uploading}</span>
            <span>{percent} %</span>
          </div>
        </>
      )}
    </section>
  )
}
