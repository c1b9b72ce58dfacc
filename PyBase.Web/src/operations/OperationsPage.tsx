import { Badge, Button, Container, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useMe } from '../accounts/useMe'
import { loadSampleBase, readHealth, readOperations } from '../api/operations'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { TopBar } from '../shell/TopBar'
import { useTitle } from '../shell/useTitle'
import { pageTexts } from '../pageTexts'
import { Advice, Decisions } from './Advice'
import { Planner } from './Planner'
import { Queues } from './Queues'

const t = pageTexts.operations

/** For whoever runs the installation: how its parts are, and what can be done about its queues. */
export default function OperationsPage() {
  useTitle(t.title)
  const me = useMe()
  const health = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => readHealth(signal), refetchInterval: 5000 })
  const state = useQuery({ queryKey: ['operations'], queryFn: ({ signal }) => readOperations(signal), refetchInterval: 5000, enabled: me.data?.installationOwner === true })
  const sample = useMutation({ mutationFn: loadSampleBase, onError: tellProblem })
  return (
    <>
      <TopBar><Text fw={600}>{t.title}</Text></TopBar>
      <Container size="lg" py="xl" component="main">
        <Group justify="space-between"><Title order={1} fz={26}>{t.title}</Title><Button component={Link} to="/audit" variant="subtle" size="sm">{pageTexts.audit.title}</Button></Group>
        {me.isPending ? <Centered /> : !me.data?.installationOwner ? <Text c="dimmed" mt="md">{t.ownerOnly}</Text> : (
          <Stack mt="lg" gap="xl">
            <section aria-labelledby="health">
              <Title order={2} fz="lg" mb="sm" id="health">{t.parts}</Title>
              {health.isError ? <Failed title={t.failed} error={health.error} onRetry={() => void health.refetch()} /> : !health.data ? <Centered /> : (
                <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
                  {Object.entries(health.data.checks).map(([part, state]) => (
                    <Paper key={part} withBorder px="md" py="sm" data-testid="health-part">
                      <Group justify="space-between" wrap="nowrap"><Text fw={550} truncate>{t.partNames[part] ?? part}</Text><Badge variant="light" color={state === 'Healthy' ? 'green' : state === 'Degraded' ? 'orange' : 'red'}>{t.states[state] ?? state}</Badge></Group>
                      {health.data.details?.[part] !== undefined && <Text size="xs" c="dimmed" mt={4}>{String(health.data.details[part])}</Text>}
                    </Paper>
                  ))}
                </SimpleGrid>
              )}
            </section>
            {state.isError ? <Failed title={t.operationsFailed} error={state.error} onRetry={() => void state.refetch()} /> : !state.data ? <Centered /> : <>
              <section aria-labelledby="advice">
                <Title order={2} fz="lg" mb="sm" id="advice">{t.advice}</Title>
                <Advice advice={state.data.advice} />
              </section>
              <section aria-labelledby="processes">
                <Title order={2} fz="lg" mb="sm" id="processes">{t.processes}</Title>
                <Paper withBorder>
                  {state.data.parts.map((part, n) => (
                    <Group key={part.name} px="md" py={8} justify="space-between" style={{ borderTop: n ? '1px solid var(--pb-line)' : undefined }}>
                      <Text size="sm" fw={550}>{part.name}{part.state !== 'running' && ` (${part.state})`}</Text><Text size="xs" c="dimmed">{part.detail}</Text>
                    </Group>
                  ))}
                </Paper>
              </section>
              <section aria-labelledby="queues">
                <Title order={2} fz="lg" id="queues">{t.queues}</Title>
                <Text c="dimmed" size="sm" mb="sm">{t.queuesLead}</Text>
                <Queues operations={state.data} onChanged={() => void state.refetch()} />
              </section>
              <section aria-labelledby="decisions">
                <Title order={2} fz="lg" id="decisions">{t.decisions}</Title>
                <Text c="dimmed" size="sm" mb="sm">{t.decisionsLead}</Text>
                <Decisions decisions={state.data.decisions} />
              </section>
            </>}
            <section aria-labelledby="planner">
              <Title order={2} fz="lg" id="planner">{t.plan}</Title>
              <Text c="dimmed" size="sm" mb="sm">{t.planLead}</Text>
              <Planner />
            </section>
            <section aria-labelledby="sample">
              <Title order={2} fz="lg" id="sample">{t.sample}</Title>
              <Text c="dimmed" size="sm" mb="sm">{t.sampleLead}</Text>
              {sample.data ? <Button component={Link} to={`/bases/${sample.data.id}`} variant="light">{t.sampleOpen}</Button> : <Button variant="default" loading={sample.isPending} onClick={() => sample.mutate()}>{t.sampleMake}</Button>}
            </section>
          </Stack>
        )}
      </Container>
    </>
  )
}
