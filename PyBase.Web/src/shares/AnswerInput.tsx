import { Checkbox, Input, MultiSelect, Rating, Select, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Question } from '../api/shares'
import type { CellValue, Field } from '../api/types'
import { momentInput, momentOf, zoneOf } from '../fields/dates'
import { readNumberOf } from '../fields/numbers'
import { isNumber, shownAs } from '../fields/shownAs'
import { pageTexts } from '../pageTexts'
import { isAnswerable } from './answerable'
import { AnswerFiles } from './AnswerFiles'

/** An answer as the server takes it. */
export const written = (field: Field, value: CellValue): CellValue => (field.type === 'barcode' ? { text: value } : value)

const inputTypes: Record<string, string> = { email: 'email', url: 'url', phoneNumber: 'tel', date: 'date', time: 'time' }

interface Props { question: Question; value: CellValue; fault?: string; onChange: (value: CellValue, fault?: string) => void }

export function AnswerInput({ question: { field, label, help, required }, value, fault, onChange }: Props) {
  const shown = shownAs(field)
  const common = { label, description: help, error: fault, required, size: 'md' as const, 'data-testid': `answer-${field.name}` }
  const text = typeof value === 'string' ? value : ''
  const choices = (field.options?.choices ?? []).map(c => c.name)
  if (!isAnswerable(field)) return required ? <Input.Wrapper {...common}><Text c="dimmed" size="sm">{pageTexts.shares.cannotAnswer}</Text></Input.Wrapper> : null
  switch (field.type) {
    case 'checkbox':
      return <Checkbox {...common} label={required ? `${label} *` : label} checked={value === true} onChange={e => onChange(e.currentTarget.checked || undefined)} />
    case 'rating':
      return <Input.Wrapper {...common}><Rating mt={6} size="lg" count={Number(shown.options.max ?? 5)} value={typeof value === 'number' ? value : 0} onChange={n => onChange(n === value ? undefined : n)} /></Input.Wrapper>
    case 'singleSelect': case 'status':
      return <Select {...common} clearable searchable={choices.length > 10} data={choices} value={text || null} onChange={name => onChange(name ?? undefined)} />
    case 'multipleSelects':
      return <MultiSelect {...common} clearable searchable={choices.length > 10} data={choices} value={Array.isArray(value) ? value.map(String) : []} onChange={names => onChange(names)} />
    case 'multipleAttachments':
      return <Input.Wrapper {...common}><AnswerFiles files={Array.isArray(value) ? (value as File[]) : []} onChange={onChange} /></Input.Wrapper>
    case 'dateTime':
      return <TextInput {...common} type="datetime-local" max="9999-12-31T23:59" value={momentInput(text, zoneOf(shown.options))} onChange={e => onChange(momentOf(e.currentTarget.value, zoneOf(shown.options)) ?? undefined)} />
    case 'multilineText': case 'richText':
      return <Textarea {...common} autosize minRows={3} maxRows={16} value={text} onChange={e => onChange(e.currentTarget.value)} />
    default:
      return isNumber(field.type) ? <NumberAnswer {...common} field={field} onChange={onChange} />
        : <TextInput {...common} type={inputTypes[field.type] ?? 'text'} value={text} max={field.type === 'date' ? '9999-12-31' : undefined} onChange={e => onChange(e.currentTarget.value)} />
  }
}

/** What is typed stays as it is typed; a number is read from it. */
function NumberAnswer({ field, onChange, ...common }: { field: Field; error?: string; onChange: Props['onChange'] }) {
  const [typed, setTyped] = useState('')
  const shown = shownAs(field)
  const unit = field.type === 'currency' ? String(shown.options.symbol ?? '$') : field.type === 'duration' ? String(shown.options.durationFormat ?? 'h:mm') : field.type === 'percent' ? '%' : undefined
  const type = (text: string) => {
    setTyped(text)
    // A fault is told when the field is left.
    onChange(readNumberOf(text, shown))
  }
  return <TextInput {...common} inputMode={field.type === 'duration' ? undefined : 'decimal'} value={typed} onChange={e => type(e.currentTarget.value)}
    onBlur={() => typed.trim() !== '' && readNumberOf(typed, shown) === undefined && onChange(undefined, pageTexts.shares.notNumber)}
    rightSection={unit && <Text size="sm" c="dimmed">{unit}</Text>} rightSectionWidth={unit && unit.length > 2 ? 72 : undefined} />
}
