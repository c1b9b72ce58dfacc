import { Alert, Button, Code, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { createShare, listShares, revokeShare } from '../api/shares'
import { showDate } from '../fields/dates'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'
import { viewsScope } from '../views/useViews'
import { dayIn, endOf } from './days'

const t = pageTexts.shares

/** What a link leads to. */
export interface SharedThing { kind: 'view' | 'form' | 'dashboard'; id: string; name: string }
const leads = { view: t.lead, form: t.leadForm, dashboard: t.leadDashboard }

/** Makes links to a view, form or dashboard, and ends them. */
export function ShareDialog({ base, thing, onClose }: { base: string; thing: SharedThing; onClose: () => void }) {
  const queries = useQueryClient()
  const key = ['shares', base]
  const [password, setPassword] = useState('')
  const [until, setUntil] = useState(dayIn(90))
  const again = () => queries.invalidateQueries({ queryKey: key })
  const shares = useQuery({ queryKey: key, queryFn: ({ signal }) => listShares(base, signal) })
  const make = useMutation({
    // Behind what is being said of the view: the link shows what its maker sees.
    scope: viewsScope(base),
    mutationFn: () => createShare(base, { [thing.kind === 'dashboard' ? 'dashboard' : 'view']: thing.id, password: password || undefined, expires: endOf(until) }),
    onSuccess: () => { setPassword(''); void again() },
    onError: tellProblem,
  })
  const revoke = useMutation({ mutationFn: (id: string) => revokeShare(base, id), onSuccess: (_, id) => { if (make.data?.share.id === id) make.reset(); void again() }, onError: tellProblem })
  const now = new Date().toISOString()
  const working = (shares.data ?? []).filter(s => (s.view === thing.id || s.dashboard === thing.id) && !s.revoked && (!s.expires || s.expires > now))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <Modal opened onClose={onClose} title={t.titleOf(thing.name)}>
      <Text size="sm" c="dimmed" mb="md">{leads[thing.kind]}</Text>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Group grow align="flex-end">
            <TextInput label={t.passwordOptional} value={password} autoComplete="off" onChange={e => setPassword(e.currentTarget.value)} data-testid="share-password" />
            <TextInput label={t.until} type="date" required withAsterisk={false} min={dayIn(0)} max={dayIn(729)} value={until} onChange={e => setUntil(e.currentTarget.value)} />
          </Group>
          <Button type="submit" loading={make.isPending} data-testid="share-make">{t.make}</Button>
        </Stack>
      </form>
      {make.data && (
        <Alert mt="md" color="petrol" title={t.once}>
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} data-testid="share-url">{make.data.url}</Code>
          <CopyButton value={make.data.url}>
            {({ copied, copy }) => (
              <Button mt="xs" size="xs" variant="default" onClick={copy} leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}>{copied ? pageTexts.accounts.tokenCopied : pageTexts.accounts.tokenCopy}</Button>
            )}
          </CopyButton>
        </Alert>
      )}
      {working.length > 0 && (
        <Stack mt="lg" gap="xs">
          <Text fw={600} size="sm">{t.open}</Text>
          {working.map(share => (
            <Group key={share.id} justify="space-between" wrap="nowrap" data-testid="share">
              <Text size="sm">{t.works(showDate(share.createdTime), showDate(share.expires ?? ''), share.hasPassword)}</Text>
              <Button size="compact-sm" variant="subtle" color="red" style={{ flex: 'none' }} loading={revoke.isPending && revoke.variables === share.id} onClick={() => revoke.mutate(share.id)} data-testid="share-revoke">{t.revoke}</Button>
            </Group>
          ))}
        </Stack>
      )}
    </Modal>
  )
}
