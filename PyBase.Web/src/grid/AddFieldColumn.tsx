import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { texts } from '../texts'
import classes from './TableGrid.module.css'

export function AddFieldColumn({ onClick }: { onClick: () => void }) {
  return (
    <div className={classes.addField}>
      <Tooltip label={texts.grid.addField}>
        <ActionIcon variant="subtle" color="gray" aria-label={texts.grid.addField} onClick={onClick} data-testid="add-field"><IconPlus size={18} /></ActionIcon>
      </Tooltip>
    </div>
  )
}
