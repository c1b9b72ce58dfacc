import { Alert, Button, Code, Container, CopyButton, Group, MultiSelect, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useParams } from 'react-router'
import { changeTypes, createWebhook, listWebhooks, type ChangeType } from '../api/webhooks'
import { BaseHead } from '../bases/BaseHead'
import { useBases } from '../bases/useBases'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { useTitle } from '../shell/useTitle'
import { useTables } from '../tables/useTables'
import { pageTexts } from '../pageTexts'
import { WebhookCard } from './WebhookCard'

const t = pageTexts.webhooks
/** What is being rung, and how that went, changes while somebody looks. */
const SOON = 5_000

/** Addresses that are told when something changes in a base. */
export default function WebhooksPage() {
  const { baseId } = useParams() as { baseId: string }
  const base = useBases().data?.find(b => b.id === baseId)
  const tables = useTables(baseId).data?.tables ?? []
  const queries = useQueryClient()
  const key = ['webhooks', baseId]
  const hooks = useQuery({ queryKey: key, queryFn: ({ signal }) => listWebhooks(baseId, signal), refetchInterval: SOON })
  const again = () => void queries.invalidateQueries({ queryKey: key })
  const [url, setUrl] = useState('')
  const [table, setTable] = useState<string | null>(null)
  const [kinds, setKinds] = useState<string[]>([])
  const make = useMutation({
    mutationFn: () => createWebhook(baseId, { notificationUrl: url.trim(), specification: { options: { filters: { dataTypes: ['tableData'], recordChangeScope: table ?? undefined, changeTypes: kinds.length ? (kinds as ChangeType[]) : undefined } } } }),
    onSuccess: () => { setUrl(''); again() }, onError: tellProblem,
  })
  useTitle(t.title, base?.name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <>
      <BaseHead base={base} baseId={baseId} at="webhooks" />
      <Container size="md" py="xl" component="main">
        <Title order={1} fz={26}>{t.title}</Title>
        <Text c="dimmed" mt={4} mb="lg">{t.lead}</Text>
        {hooks.isError ? <Failed title={t.failed} error={hooks.error} onRetry={() => void hooks.refetch()} /> : !hooks.data ? <Centered /> : (
          <>
            <form onSubmit={submit}>
              <Group align="flex-end" gap="xs">
                <TextInput type="url" style={{ flex: '2 1 240px' }} label={t.url} placeholder="https://" value={url} required withAsterisk={false} onChange={e => setUrl(e.currentTarget.value)} data-testid="webhook-url" />
                <Select style={{ flex: '1 1 150px' }} label={t.table} placeholder={t.anyTable} clearable data={tables.map(x => ({ value: x.id, label: x.name }))} value={table} onChange={setTable} data-testid="webhook-table" />
                <MultiSelect style={{ flex: '1 1 170px' }} label={t.changes} placeholder={kinds.length ? undefined : t.anyChange} data={changeTypes.map(value => ({ value, label: t.kinds[value]! }))} value={kinds} onChange={setKinds} data-testid="webhook-changes" />
                <Button type="submit" loading={make.isPending} disabled={!url.trim()} data-testid="webhook-create">{t.create}</Button>
              </Group>
            </form>
            {make.data && (
              <Alert mt="md" color="petrol" title={t.secret}>
                <Group gap="xs" wrap="nowrap">
                  <Code style={{ overflowWrap: 'anywhere' }} data-testid="webhook-secret">{make.data.macSecretBase64}</Code>
                  <CopyButton value={make.data.macSecretBase64}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy} style={{ flex: 'none' }}>{copied ? pageTexts.accounts.tokenCopied : pageTexts.accounts.tokenCopy}</Button>}</CopyButton>
                </Group>
              </Alert>
            )}
            <Stack gap="xs" mt="lg">
              {hooks.data.map(hook => <WebhookCard key={hook.id} base={baseId} hook={hook} tables={tables} onChanged={again} />)}
              {hooks.data.length === 0 && <Text c="dimmed" ta="center" py="xl">{t.none}</Text>}
            </Stack>
          </>
        )}
      </Container>
    </>
  )
}
