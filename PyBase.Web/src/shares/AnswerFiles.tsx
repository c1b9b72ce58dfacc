import { ActionIcon, Button, FileButton, Stack } from '@mantine/core'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { pageTexts } from '../pageTexts'
import classes from './shares.module.css'

/** As many as the server takes. */
const MOST_FILES = 10, MOST_BYTES = 5 * 1024 * 1024

export function AnswerFiles({ files, onChange }: { files: readonly File[]; onChange: (files: File[] | undefined, fault?: string) => void }) {
  const change = (now: File[], fault?: string) => onChange(now.length ? now : undefined, fault)
  const add = (added: File[]) => {
    const large = added.find(file => file.size > MOST_BYTES)
    const now = [...files, ...added.filter(file => file.size > 0 && file.size <= MOST_BYTES)]
    change(now.slice(0, MOST_FILES), large ? pageTexts.records.tooLarge(large.name) : now.length > MOST_FILES ? pageTexts.shares.tooManyFiles : undefined)
  }
  return (
    <Stack gap={6} mt={6}>
      {files.map((file, n) => (
        <div key={n} className={classes.file}>
          <IconPaperclip size={15} /><span>{file.name}</span>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={pageTexts.records.detach(file.name)} onClick={() => change(files.filter(f => f !== file))}><IconX size={14} /></ActionIcon>
        </div>
      ))}
      <FileButton multiple onChange={add} inputProps={{ 'data-testid': 'answer-files' } as object}>
        {props => <Button {...props} variant="default" w="fit-content" leftSection={<IconPaperclip size={16} />}>{pageTexts.records.attach}</Button>}
      </FileButton>
    </Stack>
  )
}
