import { Button, Container, Group, Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { listDefinitions, listRecords, purge, restore, type InTrash, type TrashItem } from '../api/trash'
import { BaseHead } from '../bases/BaseHead'
import { useBases } from '../bases/useBases'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { useTitle } from '../shell/useTitle'
import { tablesKey, useTables } from '../tables/useTables'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { TrashRow } from './TrashRow'

const t = pageTexts.trash
const DEFINITIONS = 'definitions'

/** What was deleted in a base: tables, fields, and records table by table. */
export default function TrashPage() {
  const { baseId } = useParams() as { baseId: string }
  const base = useBases().data?.find(b => b.id === baseId)
  const tables = useTables(baseId)
  const [tab, setTab] = useState<string | null>(useSearchParams()[0].get('table') ?? DEFINITIONS)
  useTitle(t.title, base?.name)
  return (
    <>
      <BaseHead base={base} baseId={baseId} at="trash" />
      <Container size="md" py="xl" component="main">
        <Title order={1} fz={26}>{t.title}</Title>
        <Text c="dimmed" mt={4} mb="lg">{t.lead}</Text>
        {tables.isError ? <Failed title={texts.tables.failed} error={tables.error} onRetry={() => void tables.refetch()} /> : !tables.data ? <Centered /> : (
          <Tabs value={tab} onChange={setTab} keepMounted={false}>
            <Tabs.List mb="md" style={{ overflowX: 'auto', flexWrap: 'nowrap' }}>
              <Tabs.Tab value={DEFINITIONS}>{t.definitions}</Tabs.Tab>
              {tables.data.tables.map(table => <Tabs.Tab key={table.id} value={table.id} data-testid={`trash-of-${table.name}`}>{table.name}</Tabs.Tab>)}
            </Tabs.List>
            <Tabs.Panel value={DEFINITIONS}><Definitions base={baseId} nameOf={id => tables.data.tables.find(x => x.id === id)?.name} /></Tabs.Panel>
            {tables.data.tables.map(table => <Tabs.Panel key={table.id} value={table.id}><Records base={baseId} table={table.id} /></Tabs.Panel>)}
          </Tabs>
        )}
      </Container>
    </>
  )
}

function useTrash(base: string) {
  const queries = useQueryClient()
  const again = () => {
    void queries.invalidateQueries({ queryKey: ['trash', base] })
    void queries.invalidateQueries({ queryKey: tablesKey(base) })
  }
  const back = useMutation({ mutationFn: (what: InTrash) => restore(base, what), onError: tellProblem, onSuccess: () => { notifications.show({ title: t.restored, message: '', withBorder: true, autoClose: 3000 }); again() } })
  const away = useMutation({ mutationFn: (what: InTrash) => purge(base, what), onError: tellProblem, onSuccess: again })
  const ask = (name: string, what: InTrash) => modals.openConfirmModal({ title: t.purge, children: <Text size="sm">{t.purgeAsk(name)}</Text>, labels: { confirm: t.purge, cancel: texts.cancel }, confirmProps: { color: 'red' }, onConfirm: () => away.mutate(what) })
  return { back, ask }
}

function Definitions({ base, nameOf }: { base: string; nameOf: (table: string) => string | undefined }) {
  const found = useQuery({ queryKey: ['trash', base, DEFINITIONS], queryFn: ({ signal }) => listDefinitions(base, signal) })
  const { back, ask } = useTrash(base)
  if (found.isError) return <Failed title={t.failed} error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Centered />
  if (!found.data.length) return <Empty />
  const what = (item: TrashItem): InTrash => (item.kind === 'field' ? { field: item.id } : { table: item.id })
  return <Stack gap="xs">{found.data.map(item => <TrashRow key={item.id} item={item} of={item.tableId && nameOf(item.tableId)} busy={back.isPending} onRestore={() => back.mutate(what(item))} onPurge={() => ask(item.name || texts.grid.unnamed, what(item))} />)}</Stack>
}

function Records({ base, table }: { base: string; table: string }) {
  const found = useInfiniteQuery({ queryKey: ['trash', base, table], initialPageParam: null as string | null, queryFn: ({ pageParam, signal }) => listRecords(base, table, pageParam, signal), getNextPageParam: page => page.cursor })
  const { back, ask } = useTrash(base)
  if (found.isError) return <Failed title={t.failed} error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Centered />
  const items = found.data.pages.flatMap(p => p.items)
  if (!items.length) return <Empty />
  return (
    <Stack gap="xs">
      {items.length > 1 && <Group justify="flex-end"><Button size="xs" variant="light" loading={back.isPending} onClick={() => back.mutate({ table, records: items.slice(0, 500).map(i => i.id) })} data-testid="restore-all">{t.restoreShown(Math.min(items.length, 500))}</Button></Group>}
      {items.map(item => <TrashRow key={item.id} item={item} busy={back.isPending} onRestore={() => back.mutate({ table, records: [item.id] })} onPurge={() => ask(item.name || texts.grid.unnamed, { table, records: [item.id] })} />)}
      {found.hasNextPage && <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{pageTexts.history.more}</Button>}
    </Stack>
  )
}

const Empty = () => <Paper withBorder p="xl"><Text ta="center" c="dimmed">{t.empty}</Text></Paper>
