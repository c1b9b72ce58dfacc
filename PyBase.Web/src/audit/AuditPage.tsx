import { Button, Container, Group, Select, Text, TextInput, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { auditPath, auditQuery, listAudit, type AuditAsk, type AuditBody } from '../api/audit'
import { BaseHead } from '../bases/BaseHead'
import { useBases } from '../bases/useBases'
import { showMoment } from '../fields/dates'
import { pageTexts } from '../pageTexts'
import classes from '../permissions/permissions.module.css'
import { Centered, Failed } from '../shell/States'
import { TopBar } from '../shell/TopBar'
import { useTitle } from '../shell/useTitle'
import { useTables } from '../tables/useTables'

const t = pageTexts.audit

/** What was done, by whom and from where: in a base, in a workspace, or in the whole installation. */
export default function AuditPage() {
  const { baseId, workspaceId } = useParams()
  const base = useBases().data?.find(b => b.id === baseId)
  const tables = useTables(baseId ?? '', baseId !== undefined).data?.tables ?? []
  const names = new Map(tables.flatMap(table => [[table.id, table.name], ...table.fields.map(f => [f.id, `${table.name} · ${f.name}`]), ...table.views.map(v => [v.id, `${table.name} · ${v.name}`])] as [string, string][]))
  const [ask, setAsk] = useState<AuditAsk>({})
  const path = auditPath({ base: baseId, workspace: workspaceId })
  const found = useInfiniteQuery({ queryKey: ['audit', path, ask], initialPageParam: '', queryFn: ({ pageParam, signal }) => listAudit(path, ask, pageParam, signal), getNextPageParam: page => page.offset ?? undefined })
  const entries = found.data?.pages.flatMap(p => p.entries) ?? []
  // What can be chosen is what has been seen: acts are of many kinds.
  const [acts, setActs] = useState<string[]>([])
  const seen = [...new Set([...acts, ...entries.map(e => e.act)])].sort()
  const [people, setPeople] = useState<[string, string][]>([])
  const actors = [...new Map([...people, ...entries.flatMap(e => (e.actor ? [[e.actor.id, e.actor.name ?? e.actor.id] as [string, string]] : []))])]
  const set = (part: AuditAsk) => { setActs(seen); setPeople(actors); setAsk({ ...ask, ...part }) }
  useTitle(t.title, base?.name)
  return (
    <div className={classes.page}>
      {baseId ? <BaseHead base={base} baseId={baseId} at="audit" /> : <TopBar><Text fw={600}>{t.title}</Text></TopBar>}
      <main className={classes.main}>
        <Container size="lg" p={0}>
          <Group justify="space-between" align="flex-end">
            <div><Title order={1} fz={26}>{t.title}</Title><Text c="dimmed" mt={4}>{t.lead}</Text></div>
            <Button component="a" href={`${path}?${auditQuery(ask, { format: 'csv' })}`} download variant="default" leftSection={<IconDownload size={16} />} data-testid="audit-csv">{t.download}</Button>
          </Group>
          <Group my="md" gap="xs" align="flex-end">
            <Select w={210} label={t.act} clearable searchable placeholder={t.any} data={seen.map(value => ({ value, label: said(value) }))} value={ask.act ?? null} onChange={act => set({ act: act ?? undefined })} data-testid="audit-act" />
            <Select w={200} label={t.actor} clearable searchable placeholder={t.anybody} data={actors.map(([value, label]) => ({ value, label }))} value={ask.actor ?? null} onChange={actor => set({ actor: actor ?? undefined })} data-testid="audit-actor" />
            <TextInput w={150} type="date" label={t.from} value={ask.from?.slice(0, 10) ?? ''} onChange={e => set({ from: e.currentTarget.value ? `${e.currentTarget.value}T00:00:00Z` : undefined })} />
            <TextInput w={150} type="date" label={t.to} value={ask.to?.slice(0, 10) ?? ''} onChange={e => set({ to: e.currentTarget.value ? `${e.currentTarget.value}T23:59:59Z` : undefined })} />
          </Group>
          {found.isError ? <Failed title={t.failed} error={found.error} onRetry={() => void found.refetch()} /> : found.isPending ? <Centered /> : entries.length === 0 ? <Centered><Text c="dimmed">{t.none}</Text></Centered> : (
            <>
              <div className={classes.scroll} tabIndex={0} role="region" aria-label={t.title}>
                <table className={classes.table}>
                  <thead><tr><th scope="col">{t.when}</th><th scope="col">{t.actor}</th><th scope="col">{t.act}</th><th scope="col">{t.about}</th><th scope="col">{t.address}</th></tr></thead>
                  <tbody>{entries.map(entry => <Row key={entry.number} entry={entry} subject={names.get(entry.subject ?? '') ?? entry.subject} />)}</tbody>
                </table>
              </div>
              {found.hasNextPage && <Group justify="center" mt="md"><Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{pageTexts.history.more}</Button></Group>}
            </>
          )}
        </Container>
      </main>
    </div>
  )
}

/** `share-opened` → Share opened. */
const said = (act: string) => { const words = act.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/-/g, ' ').toLowerCase(); return words.charAt(0).toUpperCase() + words.slice(1) }

function Row({ entry, subject }: { entry: AuditBody; subject?: string | null }) {
  const details = Object.entries((entry.details ?? {}) as Record<string, unknown>).map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(' · ')
  return (
    <tr data-testid="audit-entry">
      <td>{showMoment(entry.time, undefined)}</td>
      <td>{entry.actor ? (entry.actor.name ?? entry.actor.id) : t.nobody}</td>
      <td>{said(entry.act)}</td>
      <td title={details}>{[subject, details].filter(Boolean).join(' · ')}</td>
      <td>{entry.address}</td>
    </tr>
  )
}
