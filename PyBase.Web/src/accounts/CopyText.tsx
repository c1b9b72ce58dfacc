import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { pageTexts } from '../pageTexts'

export function CopyText({ text }: { text: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button size="xs" variant="default" onClick={copy} leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} style={{ flex: 'none' }}>
          {copied ? pageTexts.security.copied : pageTexts.security.copy}
        </Button>
      )}
    </CopyButton>
  )
}
