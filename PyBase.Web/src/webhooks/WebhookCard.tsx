import { ActionIcon, Badge, Button, Group, Paper, Switch, Table, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Table as TableOfBase } from '../api/types'
import { enableWebhook, listDeliveries, redeliver, refreshWebhook, removeWebhook, type Webhook } from '../api/webhooks'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

const t = pageTexts.webhooks
const SOON = 3_000
const time = (iso: string) => new Date(iso).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' })

/** One address: what it hears of, whether it answers, and each try to reach it. */
export function WebhookCard({ base, hook, tables, onChanged }: { base: string; hook: Webhook; tables: readonly TableOfBase[]; onChanged: () => void }) {
  const [open, setOpen] = useState(false)
  const act = useMutation({ mutationFn: (what: () => Promise<unknown>) => what(), onSuccess: onChanged, onError: tellProblem })
  const { recordChangeScope: scope, changeTypes } = hook.specification.options.filters
  const last = hook.lastNotificationResult
  const address = hook.notificationUrl ?? t.noUrl
  const remove = () => modals.openConfirmModal({ title: t.remove, children: <Text size="sm">{t.removeAsk(address)}</Text>, labels: { confirm: t.remove, cancel: texts.cancel }, confirmProps: { color: 'red' }, onConfirm: () => act.mutate(() => removeWebhook(base, hook.id)) })
  return (
    <Paper withBorder px="md" py="sm" data-testid="webhook">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Group gap={8} wrap="nowrap">
            <Text fw={600} truncate title={address}>{address}</Text>
            {last && <Badge variant="light" color={last.success ? 'green' : 'red'} style={{ flex: 'none' }} data-testid="webhook-state">{last.success ? t.answers : t.fails}</Badge>}
          </Group>
          <Text size="sm" c="dimmed">{t.hears(changeTypes?.map(kind => t.kinds[kind]!) ?? [], scope && (tables.find(x => x.id === scope)?.name ?? scope))}</Text>
          <Text size="xs" c="dimmed">{t.lives(time(hook.expirationTime))}{last && !last.success && last.error?.message ? ` · ${last.error.message}` : ''}</Text>
        </div>
        <Group gap={6} wrap="nowrap">
          <Switch aria-label={t.rings} checked={hook.areNotificationsEnabled} disabled={act.isPending} onChange={e => { const on = e.currentTarget.checked; act.mutate(() => enableWebhook(base, hook.id, on)) }} data-testid="webhook-rings" />
          <ActionIcon variant="subtle" color="red" aria-label={t.removeOf(address)} onClick={remove}><IconTrash size={17} /></ActionIcon>
        </Group>
      </Group>
      <Group gap="xs" mt={8}>
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)} data-testid="webhook-tries">{t.tries}</Button>
        <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate(() => redeliver(base, hook.id))}>{t.again}</Button>
        <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate(() => refreshWebhook(base, hook.id))}>{t.refresh}</Button>
      </Group>
      {open && <Tries base={base} hook={hook.id} />}
    </Paper>
  )
}

function Tries({ base, hook }: { base: string; hook: string }) {
  const tries = useQuery({ queryKey: ['webhook-tries', hook], queryFn: ({ signal }) => listDeliveries(base, hook, signal), refetchInterval: SOON })
  if (tries.isError) return <Failed title={t.triesFailed} error={tries.error} onRetry={() => void tries.refetch()} />
  if (!tries.data) return <Centered />
  if (!tries.data.length) return <Text size="sm" c="dimmed" mt="sm">{t.noTries}</Text>
  return (
    <div style={{ overflowX: 'auto', marginTop: 10 }} tabIndex={0} role="region" aria-label={t.tries}>
      <Table fz="sm" verticalSpacing={4} miw={420}>
        <Table.Thead><Table.Tr><Table.Th>{t.when}</Table.Th><Table.Th>{t.answer}</Table.Th><Table.Th ta="right">{t.took}</Table.Th><Table.Th>{t.next}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {tries.data.map(one => (
            <Table.Tr key={one.id} data-testid="webhook-try">
              <Table.Td>{time(one.time)}</Table.Td>
              <Table.Td><Text span fz="sm" c={one.status >= 200 && one.status < 300 ? undefined : 'red'}>{one.status || t.noAnswer}</Text>{one.error && <Text fz="xs" c="dimmed">{one.error}</Text>}</Table.Td>
              <Table.Td ta="right">{t.milliseconds(one.durationMs)}</Table.Td>
              <Table.Td>{one.nextTryTime ? time(one.nextTryTime) : ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
