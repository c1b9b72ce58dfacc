import { Button, Modal, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { createField } from '../api/bases'
import { problemFrom } from '../api/problem'
import type { Table } from '../api/types'
import { texts } from '../texts'
import { newField } from './newField'
import { takeSchemaChange } from './useTables'

const t = texts.fields

const itemsOf = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))

interface Props { base: string; table: Table; tables: readonly Table[]; opened: boolean; onClose: () => void }

export function NewFieldDialog({ base, table, tables, opened, onClose }: Props) {
  const queries = useQueryClient()
  const empty = { name: '', type: 'singleLineText', choices: '', decimals: 0, linked: tables[0]?.id ?? '', unit: 'mm', scheme: 'any' }
  const [form, setForm] = useState(empty)
  const make = useMutation({
    mutationFn: () => createField(base, table.id, newField(form)),
    onSuccess: field => {
      takeSchemaChange(queries, base, table.id, { kind: 'fieldAdded', field })
      setForm(empty)
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t.new} size="sm">
      <form onSubmit={submit}>
        <Stack>
          <TextInput label={t.name} placeholder={t.nameExample} value={form.name} data-autofocus data-testid="field-name"
            onChange={e => setForm({ ...form, name: e.currentTarget.value })} error={make.error && problemFrom(make.error).message} />
          <Select label={t.type} value={form.type} allowDeselect={false} data-testid="field-type"
            data={[{ group: t.basic, items: itemsOf(t.types) }, { group: t.engineering, items: itemsOf(t.notations) }]} onChange={type => type && setForm({ ...form, type })} />
          {form.type === 'singleSelect' && (
            <Textarea label={t.choices} description={t.choicesHint} autosize minRows={3} value={form.choices} data-testid="field-choices"
              onChange={e => setForm({ ...form, choices: e.currentTarget.value })} />
          )}
          {form.type === 'number' && (
            <NumberInput label={t.decimals} min={0} max={8} value={form.decimals} onChange={n => setForm({ ...form, decimals: Number(n) || 0 })} />
          )}
          {form.type === 'quantity' && (
            <TextInput label={t.unit} description={t.unitHint} value={form.unit} data-testid="field-unit" onChange={e => setForm({ ...form, unit: e.currentTarget.value })} />
          )}
          {form.type === 'revision' && (
            <Select label={t.revisionScheme} value={form.scheme} allowDeselect={false} data={itemsOf(t.revisionSchemes)} onChange={scheme => scheme && setForm({ ...form, scheme })} />
          )}
          {form.type === 'multipleRecordLinks' && (
            <Select label={t.linkedTable} value={form.linked} allowDeselect={false} data={tables.map(x => ({ value: x.id, label: x.name }))}
              onChange={linked => linked && setForm({ ...form, linked })} />
          )}
          <Button type="submit" loading={make.isPending} disabled={!form.name.trim()} data-testid="field-create">{t.create}</Button>
        </Stack>
      </form>
    </Modal>
  )
}
