import { Button, Divider, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useNavigate } from 'react-router'
import { useMe } from '../accounts/useMe'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { TemplateCards } from './TemplateCards'
import { useCreateBase } from './useBases'
import { useCreateFromTemplate, useTemplates } from './useTemplates'

const t = texts.bases

export function NewBaseDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const workspaces = useMe().data?.workspaces ?? []
  const create = useCreateBase()
  const templates = useTemplates().data ?? []
  const fromTemplate = useCreateFromTemplate()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [workspace, setWorkspace] = useState<string | null>(null)
  const workspaceId = workspace ?? workspaces[0]?.id

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!workspaceId) return
    create.mutate({ name: name.trim(), workspaceId }, {
      onSuccess: made => {
        setName('')
        onClose()
        void navigate(`/bases/${made.id}`)
      },
    })
  }

  return (
    <Modal opened={opened} onClose={onClose} title={t.newTitle} size={720}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput label={t.name} placeholder={t.nameExample} value={name} onChange={e => setName(e.currentTarget.value)}
            required withAsterisk={false} data-autofocus data-testid="base-name" />
          {workspaces.length > 1 && (
            <Select label={t.workspace} data={workspaces.map(w => ({ value: w.id, label: w.name }))} value={workspaceId ?? null} onChange={setWorkspace} allowDeselect={false} />
          )}
          <Button type="submit" loading={create.isPending} disabled={!name.trim() || !workspaceId} data-testid="base-create">{pageTexts.templates.empty}</Button>
        </Stack>
      </form>
      {workspaceId && templates.length > 0 && (
        <>
          <Divider my="lg" label={pageTexts.templates.or} />
          <TemplateCards templates={templates} busy={fromTemplate.isPending ? fromTemplate.variables.template : undefined}
            onChoose={({ id }) => fromTemplate.mutate({ template: id, workspaceId, name: name.trim() || undefined })} />
        </>
      )}
    </Modal>
  )
}
