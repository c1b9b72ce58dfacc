import { ActionIcon, Drawer, Group, Menu, Stack, Tabs, Text } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconCopy, IconDots, IconFileSearch, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { readRecord, readSources } from '../api/records'
import type { Cells, Table } from '../api/types'
import { display } from '../fields/display'
import { isComputed } from '../fields/shownAs'
import { FieldGlyph } from '../fields/FieldGlyph'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'
import type { NameOf } from '../rows/useLinkNames'
import { Centered, Failed } from '../shell/States'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { Comments } from './Comments'
import { FieldInput } from './FieldInput'
import { FieldOrigin } from './FieldOrigin'
import { RecordHistory } from './RecordHistory'
import { RecordSource } from './RecordSource'
import { SourceButton, told } from './SourceButton'
import classes from './records.module.css'

const t = pageTexts.records

interface Props {
  base: string; table: Table; tables: readonly Table[]; record: string; store: RowStore; state: RowStoreState; nameOf: NameOf; mayEdit: boolean; mayComment: boolean
  onClose: () => void; onGo: (record: string) => void; onOpen: (table: string, record: string) => void
}

/** One record: every field, what people say about it, and the way to the next. */
export function RecordDrawer({ base, table, tables, record, store, state, nameOf, mayEdit, mayComment, onClose, onGo, onOpen }: Props) {
  const known = store.record(record)
  // One that the rows on the screen do not have is asked for by itself.
  const alone = useQuery({ queryKey: ['record', record, state.arranged], enabled: !known, queryFn: ({ signal }) => readRecord(base, table.id, record, signal) })
  const cells: Cells | undefined = known?.fields ?? alone.data?.fields
  const value = (field: string) => (known ? store.value(record, field) : cells?.[field])
  const sources = useQuery({ queryKey: ['sources', record], queryFn: ({ signal }) => readSources(base, table.id, record, signal), staleTime: 30_000 })
  const whole = cells && sources.data?.record
  const primary = table.fields.find(f => f.id === table.primaryFieldId)!
  const place = store.placeOf(record)
  const beside = (by: number) => (place < 0 ? undefined : store.idAt(place + by))
  const title = display(primary, value(primary.id), nameOf) || texts.grid.unnamed
  const copy = () => {
    const fields = Object.fromEntries(table.fields.filter(f => !isComputed(f.type) && value(f.id) !== undefined).map(f => [f.id, value(f.id)]))
    void store.create(fields).then(id => id && onGo(id))
  }
  // Escape closes what is on top: a drawing that was opened from here, or a question.
  const close = () => { if (document.querySelectorAll('[aria-modal="true"]').length < 2) onClose() }
  return (
    <Drawer opened onClose={close} position="right" size={520} title={<Text fw={650} fz={17} truncate data-testid="record-title">{title}</Text>} closeButtonProps={{ 'aria-label': texts.close }} overlayProps={{ backgroundOpacity: 0.15 }} trapFocus returnFocus>
      <Group gap={2} mb="sm">
        <ActionIcon variant="subtle" color="gray" disabled={!beside(-1)} onClick={() => onGo(beside(-1)!)} aria-label={t.previous}><IconChevronUp size={18} /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" disabled={!beside(1)} onClick={() => onGo(beside(1)!)} aria-label={t.next}><IconChevronDown size={18} /></ActionIcon>
        {place >= 0 && <Text size="xs" c="dimmed">{t.place(place + 1, state.count)}</Text>}
        {mayEdit && (
          <Menu position="bottom-start" withinPortal>
            <Menu.Target><ActionIcon variant="subtle" color="gray" ml="auto" aria-label={t.more}><IconDots size={18} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy}>{t.duplicate}</Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => { onClose(); void store.remove([record]) }}>{t.remove}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      {whole && (
        <SourceButton source={whole} place={whole.locator} className={classes.from} testId="record-origin" onOpen={table => onOpen(table, '')}>
          <IconFileSearch size={16} aria-hidden /><Text span size="sm">{told(whole)}</Text>
        </SourceButton>
      )}
      {!cells && alone.isError ? <Failed title={t.gone} error={alone.error} /> : !cells ? <Centered /> : (
        <Tabs defaultValue="fields" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="fields">{t.fields}</Tabs.Tab>
            <Tabs.Tab value="comments" data-testid="comments-tab">{t.comments}</Tabs.Tab>
            <Tabs.Tab value="history" data-testid="history-tab">{t.history}</Tabs.Tab>
            <Tabs.Tab value="sources" data-testid="sources-tab">{t.sources}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="fields">
            <Stack gap="md">
              {table.fields.map(field => (
                <div key={field.id}>
                  <Group gap={6} mb={4} c="dimmed"><FieldGlyph type={field.type} /><Text size="sm" fw={500}>{field.name}</Text></Group>
                  <FieldInput base={base} table={table.id} record={record} field={field} value={value(field.id)} nameOf={nameOf} mayEdit={mayEdit} onOpen={onOpen}
                    onChange={now => void store.edit([{ id: record, fields: { [field.id]: now } }])} />
                  <FieldOrigin base={base} table={table} tables={tables} field={field} source={sources.data?.cells.find(s => s.field === field.id)} onOpen={table => onOpen(table, '')} />
                  {field.description && <Text size="xs" c="dimmed" mt={2}>{field.description}</Text>}
                </div>
              ))}
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="comments"><Comments base={base} table={table.id} record={record} mayComment={mayComment} /></Tabs.Panel>
          <Tabs.Panel value="history"><RecordHistory base={base} table={table} record={record} nameOf={nameOf} /></Tabs.Panel>
          <Tabs.Panel value="sources"><RecordSource base={base} table={table} sources={sources} onLeave={() => undefined} /></Tabs.Panel>
        </Tabs>
      )}
    </Drawer>
  )
}
