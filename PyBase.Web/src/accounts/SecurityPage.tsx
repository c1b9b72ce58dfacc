import { Badge, Button, Container, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { endOtherSessions, endSession, listSessions, type Session } from '../api/security'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { TopBar } from '../shell/TopBar'
import { useTitle } from '../shell/useTitle'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { SecondFactorCard } from './SecondFactorCard'

const t = pageTexts.security
const providerOf = (session?: Session) => (session && session.method !== 'password' ? session.method : undefined)

export default function SecurityPage() {
  useTitle(t.title)
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => listSessions(signal) })
  const again = { onSettled: () => sessions.refetch(), onError: tellProblem }
  const end = useMutation({ mutationFn: endSession, ...again })
  const endOthers = useMutation({ mutationFn: endOtherSessions, ...again })

  const ask = () =>
    modals.openConfirmModal({
      title: t.endOthers,
      children: <Text size="sm">{t.endOthersAsk}</Text>,
      labels: { confirm: t.endOthers, cancel: texts.cancel },
      confirmProps: { color: 'red' },
      onConfirm: () => endOthers.mutate(),
    })

  return (
    <>
      <TopBar><Text fw={600}>{t.title}</Text></TopBar>
      <Container size="sm" py="xl">
        <Title order={1} fz={26}>{t.title}</Title>
        <Text c="dimmed" mt={4} mb="lg">{t.lead}</Text>
        {sessions.isPending ? <Centered /> : sessions.isError ? (
          <Failed title={t.sessions} error={sessions.error} onRetry={() => void sessions.refetch()} />
        ) : (
          <>
            <SecondFactorCard vouched={providerOf(sessions.data.find(session => session.current))} />
            <Group justify="space-between" mt="xl" mb="sm">
              <Title order={2} fz="lg">{t.sessions}</Title>
              {sessions.data.length > 1 && <Button size="xs" variant="default" onClick={ask} loading={endOthers.isPending} data-testid="sessions-end-others">{t.endOthers}</Button>}
            </Group>
            <Stack gap="xs">
              {sessions.data.map(session => (
                <SessionRow key={session.id} session={session} busy={end.isPending && end.variables === session.id} onEnd={() => end.mutate(session.id)} />
              ))}
            </Stack>
            {sessions.data.length === 1 && <Text size="sm" c="dimmed" mt="sm">{t.onlyThis}</Text>}
          </>
        )}
      </Container>
    </>
  )
}

function SessionRow({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd: () => void }) {
  const Icon = /iPhone|iPad|Android/.test(session.device) ? IconDeviceMobile : IconDeviceDesktop
  const provider = providerOf(session)
  const seen = t.seen(new Date(session.lastSeenTime).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' }))
  const since = t.since(new Date(session.createdTime).toLocaleDateString('en', { dateStyle: 'medium' }))
  return (
    <Paper withBorder px="md" py="sm" data-testid="session">
      <Group justify="space-between" wrap="nowrap">
        <Icon size={22} stroke={1.5} color="var(--pb-soft)" style={{ flex: 'none' }} />
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text fw={550} truncate>{session.device}</Text>
          <Text size="xs" c="dimmed">{[session.address, provider && t.with(provider), session.current ? since : seen].filter(Boolean).join(' · ')}</Text>
        </div>
        {session.current ? <Badge variant="light" style={{ flex: 'none' }}>{t.current}</Badge> : (
          <Button size="xs" variant="subtle" color="red" onClick={onEnd} loading={busy} aria-label={t.endOf(session.device)} style={{ flex: 'none' }}>{t.end}</Button>
        )}
      </Group>
    </Paper>
  )
}
