import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff } from '@tabler/icons-react'
import { lazy, Suspense, useState, useSyncExternalStore } from 'react'
import { useOutbox } from '../live/LiveProvider'
import { texts } from '../texts'
import classes from './ConnectionBanner.module.css'

const ConflictsDialog = lazy(() => import('./ConflictsDialog').then(m => ({ default: m.ConflictsDialog })))
const t = texts.offline

/** Says that edits wait for the connection, and afterwards which of them met a change of somebody else. */
export function ConnectionBanner({ base }: { base: string }) {
  const outbox = useOutbox()
  const { holding, waiting, rows, conflicts, gone } = useSyncExternalStore(outbox.listen, outbox.getState)
  const [deciding, setDeciding] = useState(false)
  const here = conflicts.filter(c => c.base === base)
  return (
    <>
      {holding && (
        <div className={classes.banner} role="status" data-testid="offline-banner"><IconCloudOff size={18} /><span><b>{t.title}</b> {waiting + rows ? t.waiting(waiting, rows) : t.lead}</span></div>
      )}
      {here.length > 0 && (
        <div className={classes.banner} data-kind="conflict" role="alert" data-testid="conflict-banner">
          <IconAlertTriangle size={18} /><span>{t.conflicts(here.length)}</span>
          <Button size="compact-sm" variant="default" onClick={() => setDeciding(true)} data-testid="conflicts-look">{t.look}</Button>
        </div>
      )}
      {gone > 0 && (
        <div className={classes.banner} data-kind="conflict" role="alert">
          <IconAlertTriangle size={18} /><span>{t.gone(gone)}</span><Button size="compact-sm" variant="default" onClick={outbox.forgetGone}>{texts.close}</Button>
        </div>
      )}
      <Suspense>{deciding && here.length > 0 && <ConflictsDialog base={base} conflicts={here} onClose={() => setDeciding(false)} />}</Suspense>
    </>
  )
}
