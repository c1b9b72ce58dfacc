import { Alert, Badge, Group, Paper, Stack, Table, Text } from '@mantine/core'
import type { Operations } from '../api/operations'
import { pageTexts } from '../pageTexts'

const t = pageTexts.operations
const colours: Record<string, string> = { critical: 'red', warning: 'orange', info: 'blue' }

/** What is wrong and why, as far as the numbers tell, and what to do. */
export function Advice({ advice }: { advice: Operations['advice'] }) {
  if (!advice.length) return <Alert color="green" variant="light">{t.nothing}</Alert>
  return (
    <Stack gap="xs">
      {advice.map(a => (
        <Paper key={a.code + a.part} withBorder px="md" py="sm" data-testid={`advice-${a.code}`}>
          <Group gap="xs" wrap="nowrap" align="start"><Badge color={colours[a.severity]} variant="light" style={{ flex: 'none' }}>{t.severities[a.severity] ?? a.severity}</Badge><Text fw={550} size="sm">{a.part}: {a.cause}</Text></Group>
          <Text size="sm" mt={4}>{a.action}</Text>
          <Text size="xs" c="dimmed" mt={2}>{a.measured}</Text>
        </Paper>
      ))}
    </Stack>
  )
}

/** What the autoscaler decided, newest first. */
export function Decisions({ decisions }: { decisions: Operations['decisions'] }) {
  if (!decisions.length) return <Text size="sm" c="dimmed">{t.noDecisions}</Text>
  return (
    <Paper withBorder style={{ overflowX: 'auto' }}>
      <Table verticalSpacing={6} horizontalSpacing="md">
        <Table.Thead><Table.Tr><Table.Th>{t.when}</Table.Th><Table.Th>{t.pool}</Table.Th><Table.Th>{t.workers}</Table.Th><Table.Th>{t.why}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {decisions.slice(0, 12).map(d => (
            <Table.Tr key={d.time + d.pool}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{new Date(d.time).toLocaleTimeString()}</Table.Td>
              <Table.Td>{t.queueNames[d.pool] ?? d.pool}</Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{d.was === d.desired ? d.was : `${d.was} → ${d.desired}`}{d.actuator === 'dry-run' && d.was !== d.desired && <Badge ml={6} size="xs" variant="light" color="gray">{t.dryRun}</Badge>}</Table.Td>
              <Table.Td><Text size="sm">{d.explanation}</Text>{d.error && <Text size="xs" c="red">{d.error}</Text>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
