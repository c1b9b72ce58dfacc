import { Button, CloseButton } from '@mantine/core'
import { IconArrowsDiagonal, IconPencil, IconTrash } from '@tabler/icons-react'
import { texts } from '../texts'
import classes from './TableGrid.module.css'

interface Props { count: number; onOpen?: () => void; onChange: () => void; onDelete: () => void; onClear: () => void }

export function SelectionBar({ count, onOpen, onChange, onDelete, onClear }: Props) {
  return (
    <div className={classes.bar} role="status" data-testid="selection-bar">
      {texts.grid.selected(count)}
      {onOpen && <Button size="compact-sm" variant="default" leftSection={<IconArrowsDiagonal size={15} />} onClick={onOpen} data-testid="open-record">{texts.grid.open}</Button>}
      <Button size="compact-sm" variant="default" leftSection={<IconPencil size={15} />} onClick={onChange} data-testid="bulk-edit">{texts.grid.edit}</Button>
      <Button size="compact-sm" color="red" variant="filled" leftSection={<IconTrash size={15} />} onClick={onDelete} data-testid="delete-rows">
        {texts.grid.delete}
      </Button>
      <CloseButton size="sm" aria-label={texts.grid.clear} onClick={onClear} variant="transparent" c="inherit" />
    </div>
  )
}
