import { ActionIcon, Button, Group, Stack, Switch, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { Table } from '../api/types'
import type { ShownField, ViewSettings } from '../api/views'
import { texts } from '../texts'
import { keepFields, orderedFields } from './shownFields'

const t = texts.views

/** Which fields a view shows, and in which order. */
export function FieldsEditor({ table, settings, onChange }: { table: Table; settings: ViewSettings; onChange: (fields: ShownField[]) => void }) {
  const fields = orderedFields(table, settings)
  const hide = (hidden: (id: string) => boolean) => onChange(keepFields(fields.map(f => ({ ...f, hidden: f.field.id !== table.primaryFieldId && hidden(f.field.id) }))))
  const move = (n: number, by: number) => {
    const after = [...fields]
    const [moved] = after.splice(n, 1)
    after.splice(n + by, 0, moved!)
    onChange(keepFields(after))
  }
  return (
    <Stack gap={2} w={290}>
      {fields.map(({ field, hidden }, n) => (
        <Group key={field.id} gap={2} wrap="nowrap" justify="space-between">
          <Switch size="xs" checked={!hidden} disabled={n === 0} label={<Text size="sm" truncate maw={180}>{field.name}</Text>} data-testid={`show-${field.name}`}
            onChange={() => hide(id => (id === field.id ? !hidden : fields.find(f => f.field.id === id)!.hidden))} />
          {n > 0 && (
            <Group gap={0} wrap="nowrap">
              <ActionIcon size="sm" variant="subtle" color="gray" disabled={n === 1} onClick={() => move(n, -1)} aria-label={t.moveUp(field.name)}><IconArrowUp size={14} /></ActionIcon>
              <ActionIcon size="sm" variant="subtle" color="gray" disabled={n === fields.length - 1} onClick={() => move(n, 1)} aria-label={t.moveDown(field.name)}><IconArrowDown size={14} /></ActionIcon>
            </Group>
          )}
        </Group>
      ))}
      <Group gap={4} mt={6}>
        <Button size="compact-xs" variant="default" onClick={() => hide(() => false)}>{t.showAll}</Button>
        <Button size="compact-xs" variant="default" onClick={() => hide(() => true)}>{t.hideAll}</Button>
      </Group>
    </Stack>
  )
}
