import { ActionIcon } from '@mantine/core'
import { IconArrowsDiagonal } from '@tabler/icons-react'
import { texts } from '../texts'
import classes from './TableGrid.module.css'

/** Beside the name of the row under the pointer; the keyboard has Space for it. */
export function OpenRow({ right, middle, onOpen }: { right: number; middle: number; onOpen: () => void }) {
  return (
    <ActionIcon size={24} variant="default" tabIndex={-1} className={classes.openRow} style={{ left: right - 30, top: middle - 12 }} title={texts.grid.openHint} aria-label={texts.grid.menu.open} onClick={onOpen} data-testid="open-row">
      <IconArrowsDiagonal size={14} />
    </ActionIcon>
  )
}
