import { Avatar, Button, Group, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { readHistory, type HistoryEntry } from '../api/history'
import type { Table } from '../api/types'
import { display } from '../fields/display'
import { showMoment } from '../fields/dates'
import type { NameOf } from '../rows/useLinkNames'
import { Centered, Failed } from '../shell/States'
import { pageTexts } from '../pageTexts'
import classes from './records.module.css'

const t = pageTexts.history

/** Who changed which cell when, newest first. */
export function RecordHistory({ base, table, record, nameOf }: { base: string; table: Table; record: string; nameOf: NameOf }) {
  const history = useInfiniteQuery({
    queryKey: ['history', record], initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => readHistory(base, table.id, record, pageParam, signal),
    getNextPageParam: page => page.cursor ?? undefined,
  })
  if (history.isError) return <Failed title={t.failed} error={history.error} onRetry={() => void history.refetch()} />
  if (!history.data) return <Centered />
  const entries = history.data.pages.flatMap(page => page.entries)
  return (
    <Stack gap="md" data-testid="history">
      {entries.map((entry, n) => <Entry key={`${entry.version} ${n}`} entry={entry} table={table} nameOf={nameOf} />)}
      {history.hasNextPage && <Button variant="default" size="xs" w="fit-content" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>{t.more}</Button>}
    </Stack>
  )
}

function Entry({ entry, table, nameOf }: { entry: HistoryEntry; table: Table; nameOf: NameOf }) {
  const who = entry.actor?.name ?? t.system
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <Avatar size={30} radius="xl" name={who} color="initials" />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap={6}>
          <Text size="sm" fw={600}>{who}</Text>
          <Text size="xs" c="dimmed">{[t.kinds[entry.kind], t.through[entry.through], showMoment(entry.time, undefined)].filter(Boolean).join(' · ')}</Text>
        </Group>
        {entry.changes.map(change => {
          const field = table.fields.find(f => f.id === change.fieldId) ?? { id: change.fieldId, name: change.fieldName, type: 'singleLineText' }
          const [from, to] = [display(field, change.from, nameOf), display(field, change.to, nameOf)]
          return (
            <Text key={change.fieldId} size="sm" className={classes.comment}>
              <Text span c="dimmed">{change.fieldName}{change.fieldRemoved ? ` ${t.removed}` : ''}: </Text>
              {from && <s className={classes.was}>{from}</s>} {to || (from ? t.emptied : '')}
            </Text>
          )
        })}
      </div>
    </Group>
  )
}
