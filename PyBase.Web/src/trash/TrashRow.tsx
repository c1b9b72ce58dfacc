import { ActionIcon, Button, Group, Paper, Text } from '@mantine/core'
import { IconTrashX } from '@tabler/icons-react'
import type { TrashItem } from '../api/trash'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

const t = pageTexts.trash

interface Props { item: TrashItem; of?: string | null; busy: boolean; onRestore: () => void; onPurge: () => void }

/** One deleted thing: what it was, who deleted it when, and the way back. */
export function TrashRow({ item, of, busy, onRestore, onPurge }: Props) {
  return (
    <Paper withBorder px="md" py="xs" data-testid="trash-item">
      <Group justify="space-between" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Text fw={550} truncate>{item.name || texts.grid.unnamed}</Text>
          <Text size="xs" c="dimmed">{[t.kinds[item.kind] ?? item.kind, of && t.of(of), t.deleted(new Date(item.deletedTime).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' }), item.deletedBy?.name)].filter(Boolean).join(' · ')}</Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <Button size="compact-sm" variant="light" disabled={busy} onClick={onRestore} data-testid="restore">{t.restore}</Button>
          <ActionIcon variant="subtle" color="red" aria-label={t.purgeOf(item.name || texts.grid.unnamed)} onClick={onPurge}><IconTrashX size={17} /></ActionIcon>
        </Group>
      </Group>
    </Paper>
  )
}
