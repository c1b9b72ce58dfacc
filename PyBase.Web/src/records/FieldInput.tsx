import { Button, Checkbox, MultiSelect, NumberInput, Rating, Select, TagsInput, Text, Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { CellValue, Field, Person } from '../api/types'
import { usePeople } from '../bases/usePeople'
import { momentInput, momentOf, zoneOf } from '../fields/dates'
import { display } from '../fields/display'
import { readNumberOf, typedNumber } from '../fields/numbers'
import { isComputed, isText, isTypedAsText, shownAs } from '../fields/shownAs'
import type { NameOf } from '../rows/useLinkNames'
import { FilesInput } from './FilesInput'
import { LinksInput } from './LinksInput'
import { press } from './press'

interface Props { base: string; table: string; record: string; field: Field; value: CellValue; nameOf: NameOf; mayEdit: boolean; onChange: (value: CellValue) => void; onOpen?: (table: string, record: string) => void }

/** One cell of a record as a form shows it. */
export function FieldInput(props: Props) {
  const { base, field, value, nameOf, mayEdit, onChange } = props
  const shown = shownAs(field)
  const people = usePeople(base).data ?? []
  const choices = (field.options?.choices ?? []).map(c => c.name)
  const common = { 'aria-label': field.name, 'data-testid': `input-${field.name}` }
  if (field.type === 'multipleRecordLinks') return <LinksInput {...props} />
  if (field.type === 'multipleAttachments') return <FilesInput {...props} />
  if (field.type === 'button' && value) return <Button {...common} size="xs" variant="light" onClick={() => void press(base, props.table, props.record, field, value, mayEdit)}>{display(field, value)}</Button>
  if (isComputed(field.type) || !mayEdit) return shown.type === 'checkbox' ? <Checkbox {...common} checked={value === true} readOnly /> : <Text size="sm" {...common}>{display(field, value, nameOf) || '—'}</Text>
  switch (shown.type) {
    case 'checkbox':
      return <Checkbox {...common} checked={value === true} onChange={e => onChange(e.currentTarget.checked || null)} />
    case 'rating':
      return <Rating count={Number(shown.options.max ?? 5)} value={typeof value === 'number' ? value : 0} onChange={n => onChange(n === value ? null : n)} />
    case 'number':
      return <Draft text={typeof value === 'number' ? String(value) : ''} onDone={text => onChange(text === '' ? null : Number(text))}>{(text, set, done) =>
        <NumberInput {...common} value={text === '' ? '' : Number(text)} onChange={n => set(String(n))} onBlur={done} />}</Draft>
    case 'currency': case 'percent': case 'duration':
      return <Draft text={typeof value === 'number' ? typedNumber(value, shown) : ''} onDone={text => onChange(text.trim() === '' ? null : (readNumberOf(text, shown) ?? value))}>{(text, set, done) =>
        <TextInput {...common} value={text} error={text.trim() !== '' && readNumberOf(text, shown) === undefined} onChange={e => set(e.currentTarget.value)} onBlur={done} />}</Draft>
    case 'date':
      return <TextInput {...common} type="date" value={typeof value === 'string' ? value : ''} max="9999-12-31" onChange={e => onChange(e.currentTarget.value || null)} />
    case 'dateTime':
      return <TextInput {...common} type="datetime-local" value={typeof value === 'string' ? momentInput(value, zoneOf(shown.options)) : ''} onChange={e => onChange(momentOf(e.currentTarget.value, zoneOf(shown.options)))} />
    case 'singleSelect': case 'status':
      return <Select {...common} clearable searchable value={typeof value === 'string' ? value : null} data={choices} onChange={name => onChange(name)} />
    case 'multipleSelects':
      return <TagsInput {...common} value={Array.isArray(value) ? value.map(String) : []} data={choices} onChange={names => onChange(names.length ? names : null)} />
    case 'singleCollaborator':
      return <Select {...common} clearable searchable value={(value as Person | null)?.id ?? null} data={people.map(p => ({ value: p.id, label: p.name || p.email }))} onChange={id => onChange(people.find(p => p.id === id) ?? null)} />
    case 'multipleCollaborators':
      return <MultiSelect {...common} clearable searchable value={Array.isArray(value) ? (value as Person[]).map(p => p.id) : []} data={people.map(p => ({ value: p.id, label: p.name || p.email }))}
        onChange={ids => onChange(ids.length ? people.filter(p => ids.includes(p.id)) : null)} />
    default: {
      if (!isText(field.type) && !isTypedAsText(field.type)) return <Text size="sm" {...common}>{display(field, value, nameOf)}</Text>
      const isLong = field.type === 'multilineText' || field.type === 'richText'
      return <Draft text={display(field, value)} onDone={text => onChange(text === '' ? null : text)}>{(text, set, done) =>
        isLong ? <Textarea {...common} autosize minRows={2} maxRows={16} value={text} onChange={e => set(e.currentTarget.value)} onBlur={done} />
          : <TextInput {...common} value={text} onChange={e => set(e.currentTarget.value)} onBlur={done} onKeyDown={e => e.key === 'Enter' && done()} />}</Draft>
    }
  }
}

/** What is typed is sent when the field is left, and changes of others show unless somebody is typing. */
function Draft({ text, onDone, children }: { text: string; onDone: (text: string) => void; children: (text: string, set: (text: string) => void, done: () => void) => React.ReactNode }) {
  const [draft, setDraft] = useState<string | null>(null)
  useEffect(() => {
    if (draft === text) setDraft(null)
  }, [draft, text])
  return children(draft ?? text, setDraft, () => {
    if (draft !== null && draft !== text) onDone(draft)
    setDraft(null)
  })
}
