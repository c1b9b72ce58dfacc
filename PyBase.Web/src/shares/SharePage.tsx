import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { useParams } from 'react-router'
import { problemFrom, type Problem } from '../api/problem'
import { openShare, unlockShare, type Door } from '../api/shares'
import { Centered, Failed } from '../shell/States'
import { useTitle } from '../shell/useTitle'
import { pageTexts } from '../pageTexts'
import { Notice } from './Notice'

const SharedForm = lazy(() => import('./SharedForm').then(m => ({ default: m.SharedForm })))
const SharedDashboard = lazy(() => import('../dashboards/SharedDashboard').then(m => ({ default: m.SharedDashboard })))
const SharedTable = lazy(() => import('./SharedTable').then(m => ({ default: m.SharedTable })))

const t = pageTexts.shares

/** What is at the end of a link, for whoever has it. */
export default function SharePage() {
  const { token = '' } = useParams()
  const [grant, setGrant] = useState<string>()
  const door: Door = { token, grant }
  const shared = useQuery({ queryKey: ['shared', token, grant], queryFn: ({ signal }) => openShare(door, signal), staleTime: Infinity, gcTime: 0 })
  useTitle(shared.data?.kind === 'form' ? (shared.data.form.title ?? shared.data.name) : shared.data?.name)
  if (shared.isPending) return <Centered />
  if (shared.isError) {
    const { status } = problemFrom(shared.error)
    if (status === 401) return <Password token={token} onOpen={setGrant} />
    if (status === 404) return <Notice title={t.gone}>{t.goneLead}</Notice>
    return <Failed title={t.gone} error={shared.error} onRetry={() => void shared.refetch()} />
  }
  return (
    <Suspense fallback={<Centered />}>
      {shared.data.kind === 'form'
        ? <SharedForm key={shared.data.proof} door={door} name={shared.data.name} form={shared.data.form} proof={shared.data.proof} onAgain={() => void shared.refetch()} />
        : shared.data.kind === 'dashboard' ? <SharedDashboard door={door} shared={shared.data} />
        : <SharedTable door={door} shared={shared.data} />}
    </Suspense>
  )
}

function Password({ token, onOpen }: { token: string; onOpen: (grant: string) => void }) {
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    try {
      onOpen(await unlockShare(token, password))
    } catch (error) {
      setProblem(problemFrom(error))
      setBusy(false)
    }
  }
  return (
    <Stack component="main" gap="lg" maw={400} mx="auto" px="md" py={72}>
      <div>
        <Title order={1} fz={24}>{t.locked}</Title>
        <Text c="dimmed" mt={4}>{t.lockedLead}</Text>
      </div>
      <form onSubmit={event => void submit(event)}>
        <Stack>
          <PasswordInput label={t.password} size="md" required withAsterisk={false} autoFocus autoComplete="off" value={password} error={problem?.message} onChange={e => setPassword(e.currentTarget.value)} data-testid="share-password" />
          <Button type="submit" size="md" loading={busy} data-testid="share-unlock">{t.unlock}</Button>
        </Stack>
      </form>
    </Stack>
  )
}
