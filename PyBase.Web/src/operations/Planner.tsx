import { Alert, Button, Checkbox, Group, NumberInput, Paper, Stack, Table, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { planCapacity, type PlanQuestion } from '../api/operations'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'

const t = pageTexts.operations
const numbers = ['users', 'editsPerSecond', 'rows', 'filesPerDay'] as const
const options = ['reserved', 'spotWorkers', 'arm'] as const

/** What an installation for so many people and so much work needs and costs. */
export function Planner() {
  const [question, setQuestion] = useState<PlanQuestion>({ users: 500, editsPerSecond: null, rows: 1_000_000, filesPerDay: 100, reserved: false, spotWorkers: false, arm: false })
  const plan = useMutation({ mutationFn: planCapacity, onError: tellProblem })
  return (
    <Stack gap="sm">
      <form onSubmit={event => { event.preventDefault(); plan.mutate(question) }}>
        <Group align="end" gap="sm">
          {numbers.map(name => <NumberInput key={name} label={t.planFields[name]} size="sm" w={150} min={name === 'users' ? 1 : 0} thousandSeparator="," placeholder={name === 'editsPerSecond' ? t.planUsual : undefined}
            value={question[name] ?? ''} onChange={value => setQuestion(q => ({ ...q, [name]: value === '' ? (name === 'editsPerSecond' ? null : 0) : Number(value) }))} />)}
          {options.map(name => <Checkbox key={name} mb={8} label={t.planOptions[name]} checked={question[name]} onChange={event => { const on = event.currentTarget.checked; setQuestion(q => ({ ...q, [name]: on })) }} />)}
          <Button type="submit" loading={plan.isPending} data-testid="plan">{t.planMake}</Button>
        </Group>
      </form>
      {plan.data && (
        <Paper withBorder style={{ overflowX: 'auto' }} data-testid="plan-answer">
          <Text px="md" pt="sm" fw={600}>{t.planCost(plan.data.tier, plan.data.perMonth, plan.data.perMonthMost, plan.data.currency)}</Text>
          <Text px="md" size="xs" c="dimmed">{t.planGuide(plan.data.guideFrom, plan.data.guideTo ?? null)}</Text>
          <Table verticalSpacing={6} horizontalSpacing="md" mt="xs">
            <Table.Thead><Table.Tr><Table.Th>{t.part}</Table.Th><Table.Th ta="right">{t.planCount}</Table.Th><Table.Th>{t.planSize}</Table.Th><Table.Th ta="right">{t.planMonth}</Table.Th><Table.Th>{t.planSetting}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {plan.data.lines.map(l => (
                <Table.Tr key={l.part}><Table.Td>{l.part}</Table.Td><Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>{l.most > l.count ? `${l.count} – ${l.most}` : l.count}</Table.Td><Table.Td>{l.size}</Table.Td><Table.Td ta="right">{l.perMonth.toLocaleString('en')}</Table.Td><Table.Td><Text size="xs">{l.setting}</Text></Table.Td></Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Stack gap={6} p="md">{plan.data.notes.map(note => <Alert key={note} color="yellow" variant="light" p="xs"><Text size="sm">{note}</Text></Alert>)}</Stack>
        </Paper>
      )}
    </Stack>
  )
}
