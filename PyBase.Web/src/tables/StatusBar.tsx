import { Button, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useHubState } from '../live/LiveProvider'
import { texts } from '../texts'
import classes from './TableView.module.css'

export function StatusBar({ count, exact, onAdd }: { count: number; exact: boolean; onAdd?: () => void }) {
  const state = useHubState()
  return (
    <footer className={classes.status}>
      {onAdd && (
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconPlus size={15} />} onClick={onAdd} data-testid="add-row">{texts.grid.addRow}</Button>
      )}
      <span data-testid="row-count">{texts.grid.rows(count, exact)}</span>
      <span className={classes.spring} />
      <Tooltip label={texts.live.offlineHint} disabled={state !== 'offline'} multiline maw={280}>
        <span className={classes.live} data-state={state} data-testid="live-state" role="status">{texts.live[state]}</span>
      </Tooltip>
    </footer>
  )
}
