import { Button, NumberInput, Paper, Table, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { drainQueue, setConcurrency, type Operations } from '../api/operations'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

const t = pageTexts.operations

/** What waits, who works on it, and how much of it each worker does at once. */
export function Queues({ operations, onChanged }: { operations: Operations; onChanged: () => void }) {
  const drain = useMutation({ mutationFn: drainQueue, onSuccess: done => { notifications.show({ title: t.drained(done.queue, done.parked), message: '', withBorder: true }); onChanged() }, onError: tellProblem })
  const limit = useMutation({ mutationFn: ({ queue, concurrency }: { queue: string; concurrency: number | null }) => setConcurrency(queue, concurrency), onSuccess: onChanged, onError: tellProblem })
  const ask = (queue: string) => modals.openConfirmModal({ title: t.drain, children: <Text size="sm">{t.drainAsk(queue)}</Text>, labels: { confirm: t.drain, cancel: texts.cancel }, confirmProps: { color: 'red' }, onConfirm: () => drain.mutate(queue) })
  return (
    <Paper withBorder style={{ overflowX: 'auto' }}>
      <Table verticalSpacing={6} horizontalSpacing="md">
        <Table.Thead><Table.Tr><Table.Th>{t.queue}</Table.Th><Table.Th ta="right">{t.ready}</Table.Th><Table.Th ta="right">{t.running}</Table.Th><Table.Th ta="right">{t.oldest}</Table.Th><Table.Th ta="right">{t.consumers}</Table.Th><Table.Th>{t.atOnce}</Table.Th><Table.Th /></Table.Tr></Table.Thead>
        <Table.Tbody>
          {operations.queues.map(q => (
            <Table.Tr key={q.name} data-testid={`queue-${q.name}`}>
              <Table.Td>{t.queueNames[q.name] ?? q.name}</Table.Td>
              <Table.Td ta="right">{q.ready.toLocaleString('en')}</Table.Td>
              <Table.Td ta="right">{q.running}</Table.Td>
              <Table.Td ta="right">{q.ready ? t.seconds(q.oldestSeconds) : '–'}</Table.Td>
              <Table.Td ta="right">{q.consumers}</Table.Td>
              <Table.Td><NumberInput size="xs" w={76} min={1} max={1000} aria-label={t.atOnceOf(q.name)} value={q.consumers ? Math.round(q.concurrency / q.consumers) : ''} disabled={!q.consumers}
                onBlur={event => { const wanted = Number(event.currentTarget.value); if (q.consumers && wanted !== Math.round(q.concurrency / q.consumers)) limit.mutate({ queue: q.name, concurrency: wanted || null }) }} /></Table.Td>
              <Table.Td ta="right"><Button size="compact-sm" variant="default" onClick={() => ask(q.name)} aria-label={t.drainOf(q.name)} data-testid={`drain-${q.name}`}>{t.drain}</Button></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
