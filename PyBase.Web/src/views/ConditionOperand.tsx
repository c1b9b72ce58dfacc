import { Group, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Field } from '../api/types'
import { usePeople } from '../bases/usePeople'
import { texts } from '../texts'
import { listsInside } from './listsInside'
import type { Operand } from './operators'

const t = texts.filters

/** What stands in place of a plain text, where values can be put in. */
export type TextOperand = (value: unknown, onChange: (value: unknown) => void) => ReactNode

interface Props { base: string; field: Field; operand: Operand; value: unknown; textInput?: TextOperand; onChange: (value: unknown) => void }

/** What a condition compares with. */
export function ConditionOperand({ base, field, operand, value, textInput, onChange }: Props) {
  const common = { size: 'xs', 'aria-label': t.value, 'data-testid': 'filter-value' } as const
  const choices = (field.options?.choices ?? []).map(c => ({ value: c.id, label: c.name }))
  const people = (usePeople(base).data ?? []).map(p => ({ value: p.id, label: p.name || p.email }))
  const inside = { comboboxProps: listsInside, openOnFocus: false }
  if (textInput && (operand === 'text' || operand === 'number')) return textInput(value, text => onChange(operand === 'number' && text !== '' && !isNaN(Number(text)) ? Number(text) : text))
  switch (operand) {
    case 'none':
      return null
    case 'text':
      return <TextInput {...common} value={String(value ?? '')} onChange={e => onChange(e.currentTarget.value)} />
    case 'number':
      return <NumberInput {...common} value={typeof value === 'number' ? value : ''} onChange={n => onChange(n === '' ? undefined : Number(n))} />
    case 'numbers': {
      const [from, to] = Array.isArray(value) ? (value as number[]) : [0, 1]
      return (
        <Group gap={4} wrap="nowrap">
          <NumberInput {...common} value={from} onChange={n => onChange([Number(n), to])} />
          <NumberInput {...common} value={to} onChange={n => onChange([from, Number(n)])} />
        </Group>
      )
    }
    case 'flag':
      return <Select {...common} {...inside} allowDeselect={false} value={String(value !== false)} data={[{ value: 'true', label: t.ticked }, { value: 'false', label: t.unticked }]} onChange={v => onChange(v === 'true')} />
    case 'choice':
      return <Select {...common} {...inside} searchable value={typeof value === 'string' ? value : null} data={choices} onChange={v => onChange(v ?? undefined)} />
    case 'choices':
      return <MultiSelect {...common} {...inside} searchable value={Array.isArray(value) ? value.map(String) : []} data={choices} onChange={onChange} />
    case 'person':
      return <Select {...common} {...inside} searchable value={typeof value === 'string' ? value : null} data={people} onChange={v => onChange(v ?? undefined)} />
    case 'people':
      return <MultiSelect {...common} {...inside} searchable value={Array.isArray(value) ? value.map(String) : []} data={people} onChange={onChange} />
    case 'fileType':
      return <Select {...common} {...inside} allowDeselect={false} value={String(value ?? 'image')} data={['image', 'video', 'audio', 'text', 'pdf', 'other']} onChange={v => onChange(v)} />
    case 'date': {
      const days = (typeof value === 'object' && value !== null ? value : { mode: 'exactDate', exactDate: value }) as { mode: string; exactDate?: string; numberOfDays?: number }
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
      return (
        <Group gap={4} wrap="nowrap">
          <Select {...common} {...inside} allowDeselect={false} searchable value={days.mode} data={Object.entries(t.days).map(([v, label]) => ({ value: v, label }))}
            onChange={mode => mode && onChange({ mode, timeZone: zone, ...(mode.endsWith('NumberOfDays') || mode.startsWith('days') ? { numberOfDays: 7 } : {}) })} />
          {days.mode === 'exactDate' && <TextInput {...common} type="date" value={days.exactDate ?? ''} onChange={e => onChange({ mode: 'exactDate', exactDate: e.currentTarget.value, timeZone: zone })} />}
          {days.numberOfDays !== undefined && <NumberInput {...common} w={70} min={0} value={days.numberOfDays} onChange={n => onChange({ ...days, numberOfDays: Number(n) || 0 })} />}
        </Group>
      )
    }
  }
}
