import { ActionIcon, Button, Input, Select, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Table } from '../api/types'
import { isComputed } from '../fields/shownAs'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import type { Place } from './places'
import { TemplateText } from './TemplateText'

const t = pageTexts.automations
type Values = Record<string, unknown>

const entries = (values: unknown) => Object.entries((values ?? {}) as Values)
const renamed = (values: unknown, from: string, to: string) => Object.fromEntries(entries(values).map(([name, value]) => [name === from ? to : name, value]))
const without = (values: unknown, name: string) => Object.fromEntries(entries(values).filter(([key]) => key !== name))

interface Props { label: string; values: unknown; places: readonly Place[]; add: string; nameLabel: string; valueLabel: string; plain?: boolean; error?: string; testId: string; onChange: (values: Values | undefined) => void }

/** Values by names that somebody gives. */
export function NamedValues({ label, values, places, add, nameLabel, valueLabel, plain, error, testId, onChange }: Props) {
  const rows = entries(values)
  const set = (next: Values) => onChange(Object.keys(next).length ? next : undefined)
  return (
    <Input.Wrapper label={label} labelElement="div" error={error}>
      <Stack gap={6}>
        {rows.map(([name, value], n) => (
          <div key={n} style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1.6fr) auto', gap: 6 }}>
            <TextInput aria-label={nameLabel} placeholder={nameLabel} value={name} onChange={e => e.currentTarget.value in ((values ?? {}) as Values) || set(renamed(values, name, e.currentTarget.value))} data-testid={`${testId}-name`} />
            {plain ? <TextInput aria-label={valueLabel} placeholder={valueLabel} value={String(value ?? '')} onChange={e => set({ ...(values as Values), [name]: e.currentTarget.value })} data-testid={`${testId}-value`} />
              : <TemplateText label={valueLabel} hideLabel placeholder={valueLabel} value={value} places={places} onChange={text => set({ ...(values as Values), [name]: text })} testId={`${testId}-value`} />}
            <ActionIcon variant="subtle" color="gray" mt={3} aria-label={pageTexts.orders.remove} onClick={() => set(without(values, name))}><IconTrash size={16} /></ActionIcon>
          </div>
        ))}
        <Button size="compact-sm" variant="subtle" w="fit-content" leftSection={<IconPlus size={14} />} disabled={rows.some(([name]) => name === '')} onClick={() => onChange({ ...(values as Values), '': '' })} data-testid={`${testId}-add`}>{add}</Button>
      </Stack>
    </Input.Wrapper>
  )
}

/** Cells of a record by the names of their fields. */
export function CellValues({ table, values, places, error, onChange }: { table: Table | undefined; values: unknown; places: readonly Place[]; error?: string; onChange: (values: Values) => void }) {
  const rows = entries(values)
  const fields = (table?.fields ?? []).filter(f => !isComputed(f.type) && f.type !== 'multipleAttachments')
  const known = (key: string) => fields.find(f => f.id === key || f.name === key)
  const free = fields.filter(f => !rows.some(([key]) => known(key) === f))
  return (
    <Input.Wrapper label={pageTexts.records.fields} labelElement="div" error={error}>
      <Stack gap={6}>
        {rows.map(([key, value]) => {
          const field = known(key)
          return (
            <div key={key} style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1.6fr) auto', gap: 6 }}>
              <Select aria-label={texts.filters.field} searchable allowDeselect={false} value={field?.id ?? null} placeholder={field ? undefined : texts.filters.fieldGone} data={[...(field ? [field] : []), ...free].map(f => ({ value: f.id, label: f.name }))}
                onChange={id => id && onChange(renamed(values, key, id))} data-testid="cell-field" />
              <TemplateText label={t.valueOf(field?.name ?? '')} hideLabel placeholder={t.value} value={value} places={places} choices={field?.options?.choices?.map(c => c.name)} onChange={text => onChange({ ...(values as Values), [key]: text })} testId={`cell-${field?.name}`} />
              <ActionIcon variant="subtle" color="gray" mt={3} aria-label={pageTexts.orders.remove} onClick={() => onChange(without(values, key))}><IconTrash size={16} /></ActionIcon>
            </div>
          )
        })}
        {free[0] && <Button size="compact-sm" variant="subtle" w="fit-content" leftSection={<IconPlus size={14} />} onClick={() => onChange({ ...(values as Values), [(free.find(f => f.id === table?.primaryFieldId) ?? free[0]!).id]: '' })} data-testid="cell-add">{t.setField}</Button>}
      </Stack>
    </Input.Wrapper>
  )
}
