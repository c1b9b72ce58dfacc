import { ActionIcon, Button, Group, Popover, Stack, UnstyledButton } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { CellValue, Field } from '../api/types'
import { linkedIds } from '../fields/display'
import { LinkPicker } from '../grid/cells/LinkPicker'
import type { NameOf } from '../rows/useLinkNames'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import classes from './records.module.css'

interface Props { field: Field; value: CellValue; nameOf: NameOf; mayEdit: boolean; onChange: (value: CellValue) => void; onOpen?: (table: string, record: string) => void }

/** Linked records as cards: a click opens one. */
export function LinksInput({ field, value, nameOf, mayEdit, onChange, onOpen }: Props) {
  const [picking, setPicking] = useState(false)
  const table = String(field.options?.linkedTableId ?? '')
  const records = linkedIds(value).map(id => ({ id, name: nameOf(table, id) ?? '…' }))
  const single = field.options?.prefersSingleRecordLink === true
  return (
    <Stack gap={4} data-testid={`input-${field.name}`}>
      {records.map(record => (
        <Group key={record.id} gap={4} wrap="nowrap" className={classes.link}>
          <UnstyledButton onClick={() => onOpen?.(table, record.id)} className={classes.linkName}>{record.name || texts.grid.unnamed}</UnstyledButton>
          {mayEdit && <ActionIcon size="sm" variant="subtle" color="gray" aria-label={pageTexts.records.unlink(record.name)} onClick={() => onChange(linkedIds(value).filter(id => id !== record.id))}><IconX size={14} /></ActionIcon>}
        </Group>
      ))}
      {mayEdit && !(single && records.length > 0) && (
        <Popover opened={picking} onChange={setPicking} position="bottom-start" shadow="md" trapFocus withinPortal width={320}>
          <Popover.Target>
            <Button size="compact-sm" variant="default" w="fit-content" leftSection={<IconPlus size={14} />} onClick={() => setPicking(true)}>{pageTexts.records.link}</Button>
          </Popover.Target>
          <Popover.Dropdown p={0} onKeyDown={e => e.key === 'Escape' && setPicking(false)}>
            <LinkPicker table={table} records={records} single={single} onDone={() => setPicking(false)}
              onChange={now => {
                onChange(now.length ? now.map(r => r.id) : null)
                if (single) setPicking(false)
              }} />
          </Popover.Dropdown>
        </Popover>
      )}
    </Stack>
  )
}
