import { ActionIcon, Anchor, Button, FileButton, Group, Stack } from '@mantine/core'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { post } from '../api/http'
import type { Attachment, CellValue, Field } from '../api/types'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'
import { base64 } from './base64'
import classes from './records.module.css'

/** Through this route a file is part of the request's JSON. */
const MOST = 5 * 1024 * 1024

interface Props { base: string; record: string; field: Field; value: CellValue; mayEdit: boolean; onChange: (value: CellValue) => void }

export function FilesInput({ base, record, field, value, mayEdit, onChange }: Props) {
  const files = Array.isArray(value) ? (value as Attachment[]) : []
  const [busy, setBusy] = useState(false)
  const attach = async (added: File[]) => {
    setBusy(true)
    try {
      for (const file of added) {
        if (file.size > MOST) throw new Error(pageTexts.records.tooLarge(file.name))
        await post(`/v0/${base}/${record}/${field.id}/uploadAttachment`, { contentType: file.type || 'application/octet-stream', filename: file.name, file: await base64(file) })
      }
    } catch (error) {
      tellProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack gap={4} data-testid={`input-${field.name}`}>
      {files.map(file => (
        <Group key={file.id} gap={6} wrap="nowrap" className={classes.link}>
          {file.type?.startsWith('image/') && <img src={file.url} alt="" className={classes.thumbnail} />}
          <Anchor href={file.url} target="_blank" rel="noreferrer" size="sm" className={classes.linkName}>{file.filename}</Anchor>
          {mayEdit && <ActionIcon size="sm" variant="subtle" color="gray" aria-label={pageTexts.records.detach(file.filename)} onClick={() => onChange(files.filter(f => f.id !== file.id).map(f => ({ id: f.id })))}><IconX size={14} /></ActionIcon>}
        </Group>
      ))}
      {mayEdit && (
        <FileButton multiple onChange={added => void attach(added)}>
          {props => <Button {...props} size="compact-sm" variant="default" w="fit-content" loading={busy} leftSection={<IconPaperclip size={14} />}>{pageTexts.records.attach}</Button>}
        </FileButton>
      )}
    </Stack>
  )
}
