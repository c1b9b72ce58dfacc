import { Menu } from '@mantine/core'
import { IconArrowsDiagonal, IconClipboard, IconCopy, IconCopyPlus, IconEraser, IconFilter, IconPencil, IconTrash } from '@tabler/icons-react'
import { texts } from '../texts'

const t = texts.grid.menu

export interface CellActions { open?: () => void; copy: () => void; paste?: () => void; clear?: () => void; filter?: () => void; duplicate?: () => void; change?: () => void; remove?: () => void }
interface Props { rows: number; x: number; y: number; actions: CellActions; onClose: () => void }

/** What can be done with a cell, a range or the rows that are marked. */
export function CellMenu({ rows, x, y, actions, onClose }: Props) {
  const item = (icon: React.ReactNode, label: string, act: (() => void) | undefined, keys?: string, red = false) =>
    act && <Menu.Item leftSection={icon} rightSection={keys && <kbd style={{ font: 'inherit', fontSize: 12, color: 'var(--pb-soft)' }}>{keys}</kbd>} color={red ? 'red' : undefined} onClick={act}>{label}</Menu.Item>
  return (
    <Menu opened onClose={onClose} position="bottom-start" withinPortal width={250} trapFocus returnFocus>
      <Menu.Target><span style={{ position: 'fixed', left: x, top: y, width: 1, height: 1 }} /></Menu.Target>
      <Menu.Dropdown data-testid="cell-menu">
        {item(<IconArrowsDiagonal size={16} />, t.open, actions.open, t.space)}
        {item(<IconCopy size={16} />, t.copy, actions.copy, 'Ctrl C')}
        {item(<IconClipboard size={16} />, t.paste, actions.paste, 'Ctrl V')}
        {item(<IconEraser size={16} />, t.clear, actions.clear, 'Del')}
        {item(<IconFilter size={16} />, t.filter, actions.filter)}
        {(actions.change || actions.duplicate || actions.remove) && <Menu.Divider />}
        {item(<IconPencil size={16} />, t.change(rows), actions.change)}
        {item(<IconCopyPlus size={16} />, t.duplicate, actions.duplicate)}
        {item(<IconTrash size={16} />, t.remove(rows), actions.remove, undefined, true)}
      </Menu.Dropdown>
    </Menu>
  )
}
