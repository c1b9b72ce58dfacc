import { ActionIcon, Menu, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconChevronDown, IconCopy, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { duplicateTable, removeTable, renameTable } from '../api/bases'
import type { Table } from '../api/types'
import { askText } from '../shell/askText'
import { tellProblem } from '../shell/tell'
import { texts } from '../texts'
import { tablesKey, takeSchemaChange } from './useTables'

const t = texts.tables.menu

/** What can be done with the open table. */
export function TableMenu({ base, table, onOpen, onRemoved }: { base: string; table: Table; onOpen: (id: string) => void; onRemoved: () => void }) {
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: tablesKey(base) })
  const remove = () => modals.openConfirmModal({
    title: t.remove, children: <Text size="sm">{t.removeAsk(table.name)}</Text>, labels: { confirm: t.remove, cancel: texts.cancel }, confirmProps: { color: 'red' },
    onConfirm: () => void removeTable(base, table.id).then(() => { onRemoved(); takeSchemaChange(queries, base, base, { kind: 'tableRemoved', id: table.id }) }, tellProblem),
  })
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target><ActionIcon size="sm" variant="subtle" color="gray" aria-label={t.title(table.name)} data-testid="table-menu"><IconChevronDown size={15} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => askText({ title: t.rename, label: texts.tables.name, value: table.name, onDone: name => void renameTable(base, table.id, name).then(again, tellProblem) })}>{t.rename}</Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void duplicateTable(base, table.id).then(async made => { await again(); onOpen(made.id) }, tellProblem)}>{t.duplicate}</Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={remove} data-testid="table-delete">{t.remove}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
