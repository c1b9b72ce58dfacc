import { Alert, Button, Container, Group, Select, Switch, Text, Title, VisuallyHidden } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changePreferences, mailFrequencies, readPreferences, type MailFrequency, type NotificationPreference, type PreferenceChange, type Preferences } from '../api/notifications'
import { askConfirmation } from '../api/accounts'
import { ZoneInput } from '../automations/ScheduleEditor'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { TopBar } from '../shell/TopBar'
import { useTitle } from '../shell/useTitle'
import classes from './notifications.module.css'
import { notificationTexts } from './notificationTexts'
import { withChange } from './withChange'

const t = notificationTexts.preferences
const KEY = ['notification-preferences'] as const

/** How the reader wants to be told, kind by kind; each choice is kept as it is made. */
export default function PreferencesPage() {
  useTitle(t.title)
  const queries = useQueryClient()
  const found = useQuery({ queryKey: KEY, queryFn: ({ signal }) => readPreferences(signal) })
  const save = useMutation({
    // One after the other, so that the last choice is the one that stays.
    scope: { id: 'notification-preferences' },
    mutationFn: changePreferences,
    onMutate: change => queries.setQueryData<Preferences>(KEY, now => now && withChange(now, change)),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['notifications'] }),
    onError: error => {
      tellProblem(error)
      void queries.invalidateQueries({ queryKey: KEY })
    },
  })
  // Who has not said where they are is where their browser is, from the first choice on.
  const set = (change: PreferenceChange) => save.mutate(found.data?.timeZone ? change : { timeZone: here(), ...change })
  return (
    <>
      <TopBar><Text fw={600}>{t.title}</Text></TopBar>
      <Container component="main" size="sm" py="xl">
        <Title order={1} fz={26}>{t.title}</Title>
        <Text c="dimmed" mt={4} mb="lg">{t.lead}</Text>
        {found.isPending ? <Centered /> : found.isError ? <Failed title={t.failed} error={found.error} onRetry={() => void found.refetch()} /> : (
          <>
            <Address of={found.data} />
            <table className={classes.preferences}>
              <thead><tr><th scope="col">{t.kind}</th><th scope="col">{t.inApp}</th><th scope="col">{t.mail}</th></tr></thead>
              <tbody>{found.data.kinds.map(one => <Kind key={one.kind} one={one} onChange={change => set({ kinds: [{ kind: one.kind, ...change }] })} />)}</tbody>
            </table>
            <Title order={2} fz="lg" mt="xl">{t.collected}</Title>
            <Text c="dimmed" size="sm" mt={2} mb="sm">{t.collectedLead}</Text>
            <Group align="flex-end">
              <Select label={t.hour} w={140} allowDeselect={false} data={hours} value={String(found.data.hour)} onChange={hour => hour && set({ hour: Number(hour) })} data-testid="digest-hour" />
              <ZoneInput label={t.zone} value={found.data.timeZone ?? here()} onChange={timeZone => set({ timeZone })} />
            </Group>
            <VisuallyHidden role="status">{save.isSuccess ? t.saved : ''}</VisuallyHidden>
          </>
        )}
      </Container>
    </>
  )
}

function Kind({ one, onChange }: { one: NotificationPreference; onChange: (change: Partial<NotificationPreference>) => void }) {
  const [name, more] = t.kinds[one.kind]
  return (
    <tr data-testid={`preference-${one.kind}`}>
      <th scope="row">{name}<small>{more}</small></th>
      <td><Switch checked={one.inApp} onChange={e => onChange({ inApp: e.currentTarget.checked })} aria-label={t.inAppOf(name)} data-testid={`in-app-${one.kind}`} /></td>
      <td>
        <Select w={140} allowDeselect={false} aria-label={t.mailOf(name)} data={mailFrequencies.map(value => ({ value, label: t.mails[value] }))} value={one.mail} onChange={mail => mail && onChange({ mail: mail as MailFrequency })} data-testid={`mail-${one.kind}`} />
      </td>
    </tr>
  )
}

function Address({ of: { email, confirmed } }: { of: Preferences }) {
  const ask = useMutation({ mutationFn: askConfirmation, onError: tellProblem })
  if (confirmed) return <Text size="sm" mb="md" style={{ overflowWrap: 'anywhere' }}>{t.address(email)}</Text>
  return (
    <Alert color="yellow" mb="md" title={t.unconfirmed(email)} data-testid="address-unconfirmed">
      <Group justify="space-between" gap="xs">
        <Text size="sm" role="status">{ask.isSuccess ? t.sent : t.unconfirmedLead}</Text>
        {!ask.isSuccess && <Button size="xs" variant="default" loading={ask.isPending} onClick={() => ask.mutate()} data-testid="address-confirm">{t.confirm}</Button>}
      </Group>
    </Alert>
  )
}

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }))
