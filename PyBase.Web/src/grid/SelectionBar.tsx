import { Button, CloseButton } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { texts } from '../texts'
import classes from './TableGrid.module.css'

export function SelectionBar({ count, onDelete, onClear }: { count: number; onDelete: () => void; onClear: () => void }) {
  return (
    <div className={classes.bar} role="status" data-testid="selection-bar">
      {texts.grid.selected(count)}
      <Button size="compact-sm" color="red" variant="filled" leftSection={<IconTrash size={15} />} onClick={onDelete} data-testid="delete-rows">
        {texts.grid.delete}
      </Button>
      <CloseButton size="sm" aria-label={texts.grid.clear} onClick={onClear} variant="transparent" c="inherit" />
    </div>
  )
}
