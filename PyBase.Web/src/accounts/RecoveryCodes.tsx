import { Button, Code, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { pageTexts } from '../pageTexts'
import { CopyText } from './CopyText'

const t = pageTexts.security

/** Shown once: they are nowhere else. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const text = codes.join('\n')
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600}>{t.codesTitle}</Text>
        <Text size="sm" c="dimmed">{t.codesLead}</Text>
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing={6} data-testid="recovery-codes">
        {codes.map(code => <Code key={code} fz="sm" ta="center">{code}</Code>)}
      </SimpleGrid>
      <Group gap="xs">
        <CopyText text={text} />
        <Button size="xs" variant="default" component="a" href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`} download={t.codesFile} leftSection={<IconDownload size={14} />}>{t.download}</Button>
      </Group>
      <Button onClick={onKept} style={{ alignSelf: 'flex-start' }} data-testid="recovery-codes-kept">{t.kept}</Button>
    </Stack>
  )
}
