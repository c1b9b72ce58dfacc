import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { texts } from '../texts'
import type { Undo } from './useUndo'

const t = texts.undo

/** The way back for whoever does not know the keys. */
export function UndoButtons({ undo }: { undo: Undo }) {
  return (
    <>
      <Tooltip label={t.undoKeys}><ActionIcon variant="subtle" color="gray" aria-label={t.undo} onClick={() => undo(false)} data-testid="undo"><IconArrowBackUp size={18} /></ActionIcon></Tooltip>
      <Tooltip label={t.redoKeys}><ActionIcon variant="subtle" color="gray" aria-label={t.redo} onClick={() => undo(true)} data-testid="redo"><IconArrowForwardUp size={18} /></ActionIcon></Tooltip>
    </>
  )
}
