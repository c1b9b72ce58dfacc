import { Alert, Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type FormEvent } from 'react'
import { changeField, convertField, createField, type Conversion } from '../api/bases'
import { problemFrom } from '../api/problem'
import type { Field, Table } from '../api/types'
import { takeSchemaChange } from '../tables/useTables'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { emptyForm, formOf, likely, likelyName, missing, newField, optionsOf, type FieldForm } from './fieldForm'
import { FieldOptionsEditor } from './FieldOptionsEditor'
import { typeGroups } from './types'

const t = pageTexts.fields

interface Props { base: string; table: Table; tables: readonly Table[]; opened: boolean; field?: Field | null; onClose: () => void }

/** Makes a field, or changes one: its name, its options, and, after showing what would be lost, its type. */
export function FieldDialog({ base, table, tables, opened, field, onClose }: Props) {
  const queries = useQueryClient()
  const [form, setForm] = useState<FieldForm>(emptyForm)
  const [loss, setLoss] = useState<Conversion | null>(null)
  useEffect(() => {
    if (!opened) return
    setForm(field ? formOf(field) : emptyForm)
    setLoss(null)
  }, [opened, field])
  const change = (part: Partial<FieldForm>) => {
    setLoss(null)
    setForm(old => ({ ...old, ...part }))
  }

  const otherwise = field ? '' : likelyName(form, table, tables)
  const save = useMutation({
    mutationFn: async () => {
      if (!field) return createField(base, table.id, newField(form, otherwise))
      const options = optionsOf(form)
      if (form.type !== field.type) {
        // First what it would do; the second press does it.
        const done = await convertField(base, table.id, field.id, { type: form.type, options, dryRun: !loss })
        if (!loss && done.shortened + done.emptied > 0) return setLoss(done)
        if (!loss) await convertField(base, table.id, field.id, { type: form.type, options })
      }
      return changeField(base, table.id, field.id, { name: form.name.trim(), description: form.description.trim(), ...(form.type === field.type && options && { options }) })
    },
    onSuccess: done => {
      if (!done) return
      takeSchemaChange(queries, base, table.id, { kind: field ? 'fieldChanged' : 'fieldAdded', field: done })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const problem = save.error && problemFrom(save.error)
  const lacks = missing(form, tables, otherwise)
  return (
    <Modal opened={opened} onClose={onClose} title={field ? t.change(field.name) : t.new} size="md">
      <form onSubmit={submit}>
        <Stack>
          <TextInput label={t.name} placeholder={otherwise || t.nameExample} value={form.name} data-autofocus data-testid="field-name" onChange={e => change({ name: e.currentTarget.value })} />
          <Select label={t.type} value={form.type} allowDeselect={false} searchable maxDropdownHeight={320} data-testid="field-type" data={typeGroups(form.type)} onChange={type => type && change({ type, options: type === field?.type ? (field.options ?? {}) : likely(type, table, tables) })} />
          <FieldOptionsEditor form={form} table={table} tables={tables} onChange={change} isNew={!field} />
          {field && <Textarea label={t.description} autosize minRows={1} value={form.description} onChange={e => change({ description: e.currentTarget.value })} />}
          {problem && <Alert color="red" title={problem.message} data-testid="field-problem">{problem.hint}</Alert>}
          {loss && <Loss loss={loss} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{texts.cancel}</Button>
            <Button type="submit" loading={save.isPending} disabled={lacks !== null} color={loss ? 'red' : undefined} data-testid="field-create">{loss ? t.convertAnyway : field ? texts.save : t.create}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Loss({ loss }: { loss: Conversion }) {
  return (
    <Alert color="orange" title={t.loss(loss.emptied, loss.shortened, loss.rows)} data-testid="field-loss">
      {loss.samples.slice(0, 4).map(sample => (
        <Text key={sample.record} size="sm" truncate>{sample.from} → {sample.to ?? t.lost}</Text>
      ))}
    </Alert>
  )
}
