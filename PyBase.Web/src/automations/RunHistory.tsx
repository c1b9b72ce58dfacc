import { Button, Group, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listRuns, readRun, retryRun, type Automation, type Run } from '../api/automations'
import type { Table } from '../api/types'
import { showMoment } from '../fields/dates'
import { pageTexts } from '../pageTexts'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import classes from './automations.module.css'
import { RunBadge, RunSteps } from './RunSteps'

const t = pageTexts.automations
const isOpen = (run: Run) => ['queued', 'running', 'waiting'].includes(run.state)
/** What is under way is looked at often, for what may begin now and then. */
const pause = (runs: readonly Run[] | undefined) => (runs?.some(isOpen) ? 1_000 : 5_000)

/** What an automation did, newest first. */
export function RunHistory({ base, automation, tables }: { base: string; automation: Automation; tables: readonly Table[] }) {
  const [shown, setShown] = useState<string | null>(null)
  const found = useInfiniteQuery({
    queryKey: ['runs', automation.id], initialPageParam: null as string | null, queryFn: ({ pageParam, signal }) => listRuns(base, automation.id, pageParam, signal), getNextPageParam: page => page.cursor ?? undefined,
    refetchInterval: query => pause(query.state.data?.pages.flatMap(p => p.runs)),
  })
  if (found.isError && !found.data) return <Failed title={t.runsFailed} error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Centered />
  const runs = found.data.pages.flatMap(p => p.runs)
  if (!runs.length) return <Centered><Text c="dimmed" ta="center" maw={340}>{automation.enabled ? t.noRuns : t.noRunsOff}</Text></Centered>
  return (
    <Stack gap="xs" mt="md">
      {runs.map(run => (
        <div key={run.id} className={classes.run} data-testid="run">
          <button type="button" aria-expanded={run.id === shown} onClick={() => setShown(run.id === shown ? null : run.id)}>
            <RunBadge state={run.state} />
            <time dateTime={run.createdTime}>{showMoment(run.createdTime!, undefined)}</time>
            {run.isTest && <Text span size="sm" c="dimmed">{t.isTest}</Text>}
            {(run.count ?? 1) > 1 && <Text span size="sm">{t.times(run.count!)}</Text>}
            {run.finishedTime && <Text span size="sm" c="dimmed">{t.took(Date.parse(run.finishedTime) - Date.parse(run.createdTime!))}</Text>}
            {run.error && <Text span size="sm" c="red" truncate>{run.error.message}</Text>}
          </button>
          {run.id === shown && <OneRun base={base} automation={automation.id} run={run} tables={tables} />}
        </div>
      ))}
      {found.hasNextPage && <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{pageTexts.history.more}</Button>}
    </Stack>
  )
}

function OneRun({ base, automation, run, tables }: { base: string; automation: string; run: Run; tables: readonly Table[] }) {
  const queries = useQueryClient()
  const whole = useQuery({ queryKey: ['run', run.id, run.state], queryFn: ({ signal }) => readRun(base, automation, run.id, signal), refetchInterval: isOpen(run) ? 1_000 : false })
  const again = useMutation({ mutationFn: () => retryRun(base, automation, run.id), onError: tellProblem, onSuccess: () => void queries.invalidateQueries({ queryKey: ['runs', automation] }) })
  if (whole.isError) return <Failed title={t.runsFailed} error={whole.error} onRetry={() => void whole.refetch()} />
  if (!whole.data) return <Centered />
  return (
    <>
      <RunSteps run={whole.data} tables={tables} />
      {run.state === 'failed' && !run.isTest && <Group px="md" pb="md"><Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()} data-testid="run-retry">{t.retry}</Button></Group>}
    </>
  )
}
