import { ActionIcon, Alert, Button, Code, Container, CopyButton, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconCheck, IconCopy, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createToken, deleteToken, listTokens } from '../api/accounts'
import type { Token } from '../api/types'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { TopBar } from '../shell/TopBar'
import { useTitle } from '../shell/useTitle'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

const t = { ...texts.accounts, ...pageTexts.accounts }
const KEY = ['tokens'] as const

export default function TokensPage() {
  useTitle(t.tokens)
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const tokens = useQuery({ queryKey: KEY, queryFn: listTokens })
  const again = () => queries.invalidateQueries({ queryKey: KEY })
  const make = useMutation({ mutationFn: createToken, onSuccess: () => { setName(''); void again() }, onError: tellProblem })
  const drop = useMutation({ mutationFn: deleteToken, onSuccess: () => { make.reset(); void again() }, onError: tellProblem })

  const ask = (token: Token) =>
    modals.openConfirmModal({
      title: t.tokenDelete,
      children: <Text size="sm">{t.tokenDeleteAsk(token.name)}</Text>,
      labels: { confirm: t.tokenDelete, cancel: texts.cancel },
      confirmProps: { color: 'red' },
      onConfirm: () => drop.mutate(token.id),
    })

  return (
    <>
      <TopBar><Text fw={600}>{t.tokens}</Text></TopBar>
      <Container size="sm" py="xl">
        <Title order={1} fz={26}>{t.tokens}</Title>
        <Text c="dimmed" mt={4} mb="lg">{t.tokensLead}</Text>
        <form onSubmit={e => { e.preventDefault(); make.mutate(name.trim()) }}>
          <Group align="flex-end" gap="xs">
            <TextInput style={{ flex: 1 }} label={t.tokenName} placeholder={t.tokenNameExample} value={name} required withAsterisk={false}
              onChange={e => setName(e.currentTarget.value)} data-testid="token-name" />
            <Button type="submit" loading={make.isPending} disabled={!name.trim()} data-testid="token-create">{t.tokenCreate}</Button>
          </Group>
        </form>
        {make.data && (
          <Alert mt="md" color="petrol" title={t.tokenOnce}>
            <Group gap="xs" wrap="nowrap">
              <Code style={{ overflowWrap: 'anywhere' }} data-testid="token-value">{make.data.token}</Code>
              <CopyButton value={make.data.token}>
                {({ copied, copy }) => (
                  <Button size="xs" variant="default" onClick={copy} leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} style={{ flex: 'none' }}>
                    {copied ? t.tokenCopied : t.tokenCopy}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </Alert>
        )}
        {tokens.isPending ? <Centered /> : tokens.isError ? (
          <Failed title={t.tokens} error={tokens.error} onRetry={() => void tokens.refetch()} />
        ) : tokens.data.length === 0 ? (
          <Text c="dimmed" mt="xl">{t.tokensNone}</Text>
        ) : (
          <Stack mt="lg" gap="xs">
            {tokens.data.map(token => (
              <Paper key={token.id} withBorder px="md" py="sm" data-testid="token">
                <Group justify="space-between" wrap="nowrap">
                  <div style={{ minWidth: 0 }}>
                    <Text fw={550} truncate>{token.name}</Text>
                    <Text size="xs" c="dimmed">{t.tokenMade(new Date(token.createdTime).toLocaleDateString('en', { dateStyle: 'medium' }))}</Text>
                  </div>
                  <ActionIcon variant="subtle" color="red" aria-label={`${t.tokenDelete} ${token.name}`} onClick={() => ask(token)}><IconTrash size={18} /></ActionIcon>
                </Group>
              </Paper>
            ))}
          </Stack>
        )}
      </Container>
    </>
  )
}
