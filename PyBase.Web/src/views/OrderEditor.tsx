import { ActionIcon, Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Table } from '../api/types'
import type { Order } from '../api/views'
import { pageTexts } from '../pageTexts'
import { listsInside } from './listsInside'

const t = pageTexts.orders

interface Props { table: Table; orders: readonly Order[]; most: number; none: string; add: string; likely?: readonly string[]; onChange: (orders: Order[]) => void }

/** Sorts, or groups: fields with a direction each. */
export function OrderEditor({ table, orders, most, none, add, likely = [], onChange }: Props) {
  const free = table.fields.filter(f => !orders.some(o => o.field === f.id))
  const set = (n: number, order: Order) => onChange(orders.map((o, i) => (i === n ? order : o)))
  return (
    <Stack gap={6}>
      {orders.length === 0 && <Text size="sm" c="dimmed">{none}</Text>}
      {orders.map((order, n) => (
        <Group key={order.field} gap={6} wrap="nowrap">
          <Select size="xs" openOnFocus={false} w={190} searchable allowDeselect={false} value={order.field} aria-label={t.field} comboboxProps={listsInside} data-testid="order-field"
            data={table.fields.filter(f => f.id === order.field || free.includes(f)).map(f => ({ value: f.id, label: f.name }))}
            onChange={field => field && set(n, { ...order, field })} />
          <SegmentedControl size="xs" value={order.direction ?? 'asc'} data={[{ value: 'asc', label: t.asc }, { value: 'desc', label: t.desc }]}
            onChange={direction => set(n, { ...order, direction: direction as 'asc' | 'desc' })} />
          <ActionIcon variant="subtle" color="gray" onClick={() => onChange(orders.filter((_, i) => i !== n))} aria-label={t.remove}><IconTrash size={16} /></ActionIcon>
        </Group>
      ))}
      {orders.length < most && free[0] && (
        <Button size="compact-sm" variant="subtle" w="fit-content" leftSection={<IconPlus size={14} />} data-testid="order-add"
          onClick={() => onChange([...orders, { field: (free.find(f => likely.includes(f.type)) ?? free[0]!).id, direction: 'asc' }])}>{add}</Button>
      )}
    </Stack>
  )
}
