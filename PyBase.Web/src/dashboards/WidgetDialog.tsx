import { Alert, Button, Group, Modal, MultiSelect, NumberInput, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { previewWidget, type Widget, type WidgetGroup } from '../api/dashboards'
import { problemFrom } from '../api/problem'
import type { Table } from '../api/types'
import { asGroup } from '../api/views'
import { shownAs } from '../fields/shownAs'
import { summariesOf } from '../grid/summaries'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { completeFilter } from '../views/completeFilter'
import { FilterEditor } from '../views/FilterEditor'
import classes from './dashboards.module.css'
import { WidgetBody } from './WidgetBody'

const t = pageTexts.dashboards
const kinds = ['bar', 'line', 'area', 'pie', 'donut'] as const

interface Props { base: string; tables: readonly Table[]; widget: Widget; onClose: () => void; onDone: (widget: Widget) => void }

/** A question to a table, with its answer beside it as it is put together. */
export function WidgetDialog({ base, tables, widget, onClose, onDone }: Props) {
  const [draft, setDraft] = useState(widget)
  const [filter, setFilter] = useState(widget.filter && asGroup(widget.filter))
  const table = tables.find(x => x.id === draft.table)
  const set = (part: Partial<Widget>) => setDraft(old => ({ ...old, ...part }))
  const asked = { ...draft, isBroken: undefined, filter: filter && table ? completeFilter(filter, table) : undefined }
  const grouped = draft.type === 'chart' || draft.type === 'pivot'
  const isComplete = draft.type === 'text' ? Boolean(draft.text?.trim()) : Boolean(table) && (!grouped || Boolean(draft.groups?.[0]))
  // What is not a whole question yet is not asked: its refusal would stand in the way of the one that is put together next.
  const question = isComplete ? JSON.stringify({ ...asked, id: undefined, title: undefined, place: undefined }) : ''
  const [settled] = useDebouncedValue(question, 300)
  const preview = useQuery({ queryKey: ['widget-preview', base, settled], enabled: settled !== '', placeholderData: keepPreviousData, retry: false, queryFn: () => previewWidget(base, JSON.parse(settled) as Widget) })
  const isRefused = preview.isError && settled === question
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isComplete) onDone(asked)
  }
  const groups = draft.groups ?? []
  const choices = (table?.fields ?? []).filter(f => !['multipleAttachments', 'button'].includes(f.type)).map(f => ({ value: f.id, label: f.name }))
  return (
    <Modal opened onClose={onClose} title={widget.id ? t.change : t.types[draft.type]} size="min(1080px, 96vw)" data-testid="widget-dialog">
      <form onSubmit={submit}>
        <div className={classes.halves}>
          <Stack gap="sm">
            <TextInput label={t.title} value={draft.title ?? ''} maxLength={200} onChange={e => set({ title: e.currentTarget.value })} data-autofocus data-testid="widget-title" />
            {draft.type === 'text' ? <Textarea label={t.text} autosize minRows={4} value={draft.text ?? ''} onChange={e => set({ text: e.currentTarget.value })} data-testid="widget-text" /> : (
              <Select label={t.table} value={draft.table ?? null} allowDeselect={false} data={tables.map(x => ({ value: x.id, label: x.name }))} data-testid="widget-table"
                onChange={id => { set({ table: id ?? undefined, view: undefined, groups: [], aggregates: [], fields: undefined }); setFilter(undefined) }} />
            )}
            {draft.type === 'chart' && <SegmentedControl value={draft.chart ?? 'bar'} onChange={chart => set({ chart: chart as (typeof kinds)[number] })} data={kinds.map(value => ({ value, label: t.charts[value] }))} aria-label={t.chart} />}
            {grouped && table && [0, ...(groups[0] ? [1] : [])].map(n => (
              <GroupChoice key={n} label={draft.type === 'pivot' ? (n ? t.columns : t.rows) : n ? t.series : t.by} table={table} group={groups[n]} clearable={n === 1} choices={choices.filter(c => c.value !== groups[1 - n]?.field)} testId={`widget-group-${n}`}
                onChange={group => set({ groups: n === 0 ? [...(group ? [group] : []), ...groups.slice(1)] : group ? [groups[0]!, group] : groups.slice(0, 1) })} />
            ))}
            {(grouped || draft.type === 'number') && table && <AggregateChoice table={table} widget={draft} onChange={aggregates => set({ aggregates })} />}
            {draft.type === 'list' && table && (
              <>
                <MultiSelect label={texts.views.fields} data={choices} value={draft.fields ?? [table.primaryFieldId]} maxValues={20} onChange={fields => set({ fields })} data-testid="widget-fields" />
                <NumberInput label={t.limit} min={1} max={100} value={draft.limit ?? 20} onChange={n => set({ limit: Number(n) || 20 })} />
              </>
            )}
            {table && draft.type !== 'text' && (
              <div><Text size="sm" fw={500} mb={4}>{texts.views.filter}</Text><FilterEditor base={base} table={table} group={filter ?? { conjunction: 'and', filterSet: [] }} onChange={setFilter} /></div>
            )}
          </Stack>
          <div className={classes.preview} aria-live="polite">
            {isRefused ? <Alert color="red" title={problemFrom(preview.error).message}>{problemFrom(preview.error).hint}</Alert> : settled && preview.data ? <WidgetBody widget={JSON.parse(settled) as Widget} data={preview.data} /> : <Text c="dimmed" size="sm" ta="center" mt="xl">{t.incomplete}</Text>}
          </div>
        </div>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" disabled={!isComplete || isRefused} data-testid="widget-done">{widget.id ? texts.save : t.add}</Button>
        </Group>
      </form>
    </Modal>
  )
}

interface GroupProps { label: string; table: Table; group?: WidgetGroup; clearable: boolean; choices: { value: string; label: string }[]; testId: string; onChange: (group: WidgetGroup | undefined) => void }

function GroupChoice({ label, table, group, clearable, choices, testId, onChange }: GroupProps) {
  const field = table.fields.find(f => f.id === group?.field)
  const isDate = field && ['date', 'dateTime'].includes(shownAs(field).type) && field.type !== 'formula' && field.type !== 'multipleLookupValues'
  return (
    <Group grow align="flex-end">
      <Select label={label} searchable clearable={clearable} allowDeselect={clearable} data={choices} value={group?.field ?? null} onChange={id => onChange(id ? { field: id } : undefined)} data-testid={testId} />
      {isDate && <Select aria-label={t.span} clearable placeholder={t.span} data={Object.entries(t.spans).map(([value, label]) => ({ value, label }))} value={group?.by ?? null} onChange={by => onChange({ ...group!, by: by ?? undefined })} />}
      {group && <Select aria-label={t.order} allowDeselect={false} data={[{ value: 'key', label: t.byKey }, { value: 'value', label: t.byValue }]} value={group.order ?? 'key'} onChange={order => onChange({ ...group, order: order as 'key' | 'value' })} />}
    </Group>
  )
}

function AggregateChoice({ table, widget, onChange }: { table: Table; widget: Widget; onChange: (aggregates: { field: string; function: string }[]) => void }) {
  const [first] = widget.aggregates ?? []
  const field = table.fields.find(f => f.id === first?.field)
  const of = (f: Table['fields'][number]) => summariesOf(f).filter(name => f.type !== 'multipleLookupValues' || name.startsWith('count'))
  return (
    <Group grow align="flex-end">
      <Select label={t.tell} searchable clearable placeholder={t.records} data={table.fields.map(f => ({ value: f.id, label: f.name }))} value={first?.field ?? null} data-testid="widget-field"
        onChange={id => { const f = table.fields.find(x => x.id === id); onChange(f ? [{ field: f.id, function: of(f)[0]! }] : []) }} />
      {field && <Select aria-label={texts.summaries.choose} allowDeselect={false} data={of(field).map(value => ({ value, label: texts.summaries.names[value] ?? value }))} value={first!.function} onChange={name => name && onChange([{ field: field.id, function: name }])} data-testid="widget-function" />}
    </Group>
  )
}
