import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { createTable } from '../api/bases'
import { problemFrom } from '../api/problem'
import { texts } from '../texts'
import { takeSchemaChange } from './useTables'

const t = texts.tables

interface Props { base: string; opened: boolean; onClose: () => void; onMade: (id: string) => void }

export function NewTableDialog({ base, opened, onClose, onMade }: Props) {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const make = useMutation({
    mutationFn: () => createTable(base, {
      name: name.trim(),
      fields: [{ name: t.primaryName, type: 'singleLineText' }, { name: t.notes, type: 'multilineText' }],
    }),
    onSuccess: table => {
      takeSchemaChange(queries, base, base, { kind: 'tableAdded', table })
      setName('')
      onClose()
      onMade(table.id)
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
          <TextInput label={t.name} placeholder={t.nameExample} value={name} onChange={e => setName(e.currentTarget.value)} data-autofocus
            error={make.error && problemFrom(make.error).message} data-testid="table-name" />
          <Button type="submit" loading={make.isPending} disabled={!name.trim()} data-testid="table-create">{t.create}</Button>
        </Stack>
      </form>
    </Modal>
  )
}
