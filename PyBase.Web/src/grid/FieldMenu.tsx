import { Menu } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconArrowsSort, IconEyeOff, IconFilter, IconLayoutList, IconPencil, IconSnowflake, IconSortAscending, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { removeField } from '../api/bases'
import type { Field, Table } from '../api/types'
import type { Order, SettingsChange, ViewSettings } from '../api/views'
import { tellProblem } from '../shell/tell'
import { takeSchemaChange } from '../tables/useTables'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { emptyOperand, operatorsOf } from '../views/operators'
import { keepFields, orderedFields } from '../views/shownFields'

const t = pageTexts.fields.menu

interface Props { base: string; table: Table; settings: ViewSettings; field: Field; x: number; y: number; onClose: () => void; onEdit: () => void; onSettings: (settings: SettingsChange) => void }

/** What can be done with a column. */
export function FieldMenu({ base, table, settings, field, x, y, onClose, onEdit, onSettings }: Props) {
  const queries = useQueryClient()
  const isPrimary = field.id === table.primaryFieldId
  const first = (orders: Order[] | undefined, direction: 'asc' | 'desc') => [{ field: field.id, direction }, ...(orders ?? []).filter(o => o.field !== field.id)]
  const remove = () =>
    modals.openConfirmModal({
      title: t.remove, children: t.removeAsk(field.name), labels: { confirm: t.remove, cancel: texts.cancel }, confirmProps: { color: 'red' },
      onConfirm: () => void removeField(base, table.id, field.id).then(() => takeSchemaChange(queries, base, table.id, { kind: 'fieldRemoved', id: field.id }), tellProblem),
    })
  const shown = orderedFields(table, settings).filter(f => !f.hidden)
  const upTo = shown.findIndex(f => f.field.id === field.id) + 1
  const isFrozen = (settings.frozenFields ?? 1) === upTo
  const filter = () => {
    const operator = operatorsOf(field).find(o => o.name === 'isNotEmpty') ?? operatorsOf(field)[0]!
    onSettings({ filter: { conjunction: 'and', ...settings.filter, filterSet: [...(settings.filter?.filterSet ?? []), { fieldId: field.id, operator: operator.name, value: emptyOperand(operator.operand) }] } })
  }
  return (
    <Menu opened onClose={onClose} position="bottom-start" withinPortal width={220}>
      <Menu.Target><span style={{ position: 'fixed', left: x, top: y, width: 1, height: 1 }} /></Menu.Target>
      <Menu.Dropdown data-testid="field-menu">
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit} data-testid="edit-field">{t.edit}</Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconSortAscending size={16} />} onClick={() => onSettings({ sorts: first(settings.sorts, 'asc') })} data-testid="sort-asc">{t.sortAsc}</Menu.Item>
        <Menu.Item leftSection={<IconArrowsSort size={16} />} onClick={() => onSettings({ sorts: first(settings.sorts, 'desc') })}>{t.sortDesc}</Menu.Item>
        <Menu.Item leftSection={<IconFilter size={16} />} onClick={filter}>{t.filter}</Menu.Item>
        <Menu.Item leftSection={<IconLayoutList size={16} />} onClick={() => onSettings({ groups: first(settings.groups, 'asc').slice(0, 3) })} data-testid="group-by">{t.group}</Menu.Item>
        {upTo > 0 && upTo <= 20 && (upTo > 1 || !isFrozen) && (
          <Menu.Item leftSection={<IconSnowflake size={16} />} onClick={() => onSettings({ frozenFields: isFrozen ? 1 : upTo })} data-testid="freeze">{isFrozen ? t.unfreeze : t.freeze}</Menu.Item>
        )}
        {!isPrimary && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconEyeOff size={16} />} onClick={() => onSettings({ fields: keepFields(orderedFields(table, settings).map(f => (f.field.id === field.id ? { ...f, hidden: true } : f))) })}>{t.hide}</Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={remove} data-testid="remove-field">{t.remove}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
