import { ActionIcon, Alert, Button, Code, Container, CopyButton, Group, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useMe } from '../accounts/useMe'
import { addMember, changeMember, listMembers, removeMember, roles, type Role } from '../api/members'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { TopBar } from '../shell/TopBar'
import { useTitle } from '../shell/useTitle'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

const t = pageTexts.members
const choices = roles.map(role => ({ value: role, label: t.roles[role] }))

/** Who is in a workspace, as what, and who is invited. */
export default function MembersPage() {
  const { workspaceId } = useParams() as { workspaceId: string }
  const me = useMe().data
  const workspace = me?.workspaces.find(w => w.id === workspaceId)
  const mayManage = workspace?.role === 'owner' || workspace?.role === 'admin'
  const queries = useQueryClient()
  const key = ['members', workspaceId]
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => listMembers(workspaceId, signal) })
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const again = () => void queries.invalidateQueries({ queryKey: key })
  const add = useMutation({ mutationFn: addMember.bind(null, workspaceId), onSuccess: () => { setEmail(''); again() }, onError: tellProblem })
  const change = useMutation({ mutationFn: ({ id, role }: { id: string; role: Role }) => changeMember(workspaceId, id, role), onSettled: again, onError: tellProblem })
  const drop = useMutation({ mutationFn: (id: string) => removeMember(workspaceId, id), onSuccess: again, onError: tellProblem })
  const ask = (id: string, name: string) => modals.openConfirmModal({ title: t.remove, children: <Text size="sm">{t.removeAsk(name)}</Text>, labels: { confirm: t.remove, cancel: texts.cancel }, confirmProps: { color: 'red' }, onConfirm: () => drop.mutate(id) })
  useTitle(t.title, workspace?.name)
  return (
    <>
      <TopBar><Text fw={600} truncate>{workspace?.name ?? t.title}</Text></TopBar>
      <Container size="sm" py="xl" component="main">
        <Group justify="space-between"><Title order={1} fz={26}>{t.title}</Title>{mayManage && <Button component={Link} to={`/workspaces/${workspaceId}/audit`} variant="subtle" size="sm">{pageTexts.audit.title}</Button>}</Group>
        <Text c="dimmed" mt={4} mb="lg">{mayManage ? t.lead : t.onlyRead}</Text>
        {mayManage && (
          <form onSubmit={event => { event.preventDefault(); add.mutate({ email: email.trim(), role }) }}>
            <Group align="flex-end" gap="xs">
              <TextInput style={{ flex: 1, minWidth: 180 }} type="email" label={texts.accounts.email} value={email} required withAsterisk={false} onChange={e => setEmail(e.currentTarget.value)} data-testid="member-email" />
              <Select w={150} label={t.role} data={choices} value={role} allowDeselect={false} onChange={value => setRole(value as Role)} data-testid="member-role" />
              <Button type="submit" loading={add.isPending} disabled={!email.trim()} data-testid="member-add">{t.invite}</Button>
            </Group>
          </form>
        )}
        {add.data?.invitation && (
          <Alert mt="md" color="petrol" title={t.link}>
            <Group gap="xs" wrap="nowrap">
              <Code style={{ overflowWrap: 'anywhere' }} data-testid="invitation-url">{add.data.invitation.url}</Code>
              <CopyButton value={add.data.invitation.url}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy} style={{ flex: 'none' }}>{copied ? pageTexts.accounts.tokenCopied : pageTexts.accounts.tokenCopy}</Button>}</CopyButton>
            </Group>
          </Alert>
        )}
        {found.isError ? <Failed title={t.failed} error={found.error} onRetry={() => void found.refetch()} /> : !found.data ? <Centered /> : (
          <Stack mt="lg" gap="xs">
            {found.data.members.map(member => (
              <Row key={member.id} name={member.name || member.email} detail={member.id === me?.user.id ? t.you(member.email) : member.email} testId="member">
                {mayManage ? <Select size="xs" w={130} aria-label={t.roleOf(member.name)} data={choices} value={member.role} allowDeselect={false} onChange={next => next !== member.role && change.mutate({ id: member.id, role: next as Role })} /> : <Text size="sm">{t.roles[member.role]}</Text>}
                {(mayManage || member.id === me?.user.id) && <ActionIcon variant="subtle" color="red" aria-label={t.removeOf(member.name)} onClick={() => ask(member.id, member.name)}><IconTrash size={17} /></ActionIcon>}
              </Row>
            ))}
            {found.data.invitations.map(invited => (
              <Row key={invited.id} name={invited.email} detail={t.invited(t.roles[invited.role], new Date(invited.expires).toLocaleDateString('en', { dateStyle: 'medium' }))} testId="invitation">
                <ActionIcon variant="subtle" color="red" aria-label={t.withdraw(invited.email)} onClick={() => drop.mutate(invited.id)}><IconTrash size={17} /></ActionIcon>
              </Row>
            ))}
          </Stack>
        )}
      </Container>
    </>
  )
}

function Row({ name, detail, testId, children }: { name: string; detail: string; testId: string; children: React.ReactNode }) {
  return (
    <Paper withBorder px="md" py="xs" data-testid={testId}>
      <Group justify="space-between" wrap="nowrap">
        <div style={{ minWidth: 0 }}><Text fw={550} truncate>{name}</Text><Text size="xs" c="dimmed" truncate>{detail}</Text></div>
        <Group gap="xs" wrap="nowrap">{children}</Group>
      </Group>
    </Paper>
  )
}
