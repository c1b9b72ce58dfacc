import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { CellValue, Table } from '../api/types'
import { isComputed } from '../fields/shownAs'
import { FieldInput } from '../records/FieldInput'
import type { NameOf } from '../rows/useLinkNames'
import { texts } from '../texts'

const t = texts.grid.bulk

interface Props { base: string; table: Table; rows: number; nameOf: NameOf; onClose: () => void; onSet: (field: string, value: CellValue) => void }

/** One value into one field of many rows. */
export function BulkEditDialog({ base, table, rows, nameOf, onClose, onSet }: Props) {
  const fields = table.fields.filter(f => !isComputed(f.type) && f.type !== 'multipleAttachments' && f.type !== 'button')
  const [id, setId] = useState<string | null>(fields.find(f => f.id !== table.primaryFieldId)?.id ?? null)
  const [value, setValue] = useState<CellValue>(null)
  const field = fields.find(f => f.id === id)
  return (
    <Modal opened onClose={onClose} title={t.title(rows)} size="sm">
      <form onSubmit={event => { event.preventDefault(); if (field) onSet(field.id, value) }}>
        <Stack>
          <Select label={t.field} value={id} data={fields.map(f => ({ value: f.id, label: f.name }))} allowDeselect={false} searchable data-autofocus data-testid="bulk-field"
            onChange={next => { setId(next); setValue(null) }} />
          {field && <div><Text size="sm" fw={500} mb={4}>{t.value}</Text><FieldInput key={field.id} base={base} table={table.id} record="" field={field} value={value} nameOf={nameOf} mayEdit onChange={setValue} /></div>}
          <Text size="xs" c="dimmed">{value === null || value === undefined ? t.empties : t.undo}</Text>
          <Group justify="flex-end"><Button type="submit" disabled={!field} data-testid="bulk-set">{t.set(rows)}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
