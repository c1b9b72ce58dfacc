import { Alert, Button, Group, Modal, Select, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { beginRun, readRun, type Automation } from '../api/automations'
import { problemFrom } from '../api/problem'
import { findRecords } from '../api/records'
import type { Table } from '../api/types'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { RunBadge, RunSteps } from './RunSteps'

const t = pageTexts.automations

/** Runs an automation by hand: as a test, which keeps and sends nothing, or for real. */
export function TestDialog({ base, automation, tables, onClose }: { base: string; automation: Automation; tables: readonly Table[]; onClose: () => void }) {
  const queries = useQueryClient()
  const table = tables.find(x => x.id === automation.trigger.table)
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words, 250)
  const [record, setRecord] = useState<string | null>(null)
  const [body, setBody] = useState('{}')
  const found = useQuery({ queryKey: ['test-records', table?.id, asked], enabled: Boolean(table), placeholderData: keepPreviousData, queryFn: ({ signal }) => findRecords(base, table!.id, asked, table!.primaryFieldId, signal) })
  const chosen = record ?? found.data?.[0]?.id
  const begin = useMutation({
    mutationFn: (test: boolean) => beginRun(base, automation.id, { test, ...(table && { record: chosen }), ...(automation.trigger.kind === 'webhookReceived' && { body: parsed(body) }) }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['runs', automation.id] }),
  })
  const run = useQuery({
    queryKey: ['test-run', begin.data], enabled: Boolean(begin.data), queryFn: ({ signal }) => readRun(base, automation.id, begin.data!, signal),
    refetchInterval: query => (query.state.data && !['queued', 'running', 'waiting'].includes(query.state.data.state) ? false : 400),
  })
  return (
    <Modal opened onClose={onClose} title={t.testOf(automation.name)} size="lg" data-testid="test-dialog">
      <Text size="sm" c="dimmed" mb="md">{t.testLead}</Text>
      {table && (
        <Select label={t.testRecord(table.name)} searchable allowDeselect={false} value={chosen ?? null} onChange={setRecord} onSearchChange={setWords} filter={({ options }) => options} nothingFoundMessage={texts.grid.noRecord} data-testid="test-record"
          data={(found.data ?? []).map(r => ({ value: r.id, label: String(r.fields[table.primaryFieldId] ?? texts.grid.unnamed) }))} />
      )}
      {automation.trigger.kind === 'webhookReceived' && <Textarea label={t.testBody} autosize minRows={3} maxRows={12} value={body} onChange={e => setBody(e.currentTarget.value)} styles={{ input: { fontFamily: 'ui-monospace, monospace', fontSize: 13 } }} error={parsed(body) === undefined ? t.notJson : undefined} data-testid="test-body" />}
      {begin.isError && <Alert color="red" mt="md" title={problemFrom(begin.error).message}>{problemFrom(begin.error).hint}</Alert>}
      <Group mt="md" gap="xs">
        <Button loading={begin.isPending} disabled={Boolean(table) && !chosen || parsed(body) === undefined} onClick={() => begin.mutate(true)} data-testid="test-run">{t.testNow}</Button>
        <Button variant="default" disabled={begin.isPending || Boolean(table) && !chosen || parsed(body) === undefined} onClick={() => begin.mutate(false)} data-testid="real-run">{t.runNow}</Button>
      </Group>
      {begin.data && (
        <div style={{ marginTop: 18 }} data-testid="test-result" aria-live="polite">
          <Group gap="xs" mb="xs"><RunBadge state={run.data?.state ?? 'queued'} />{run.data?.isTest && <Text size="sm" c="dimmed">{t.isTest}</Text>}</Group>
          {run.data && <RunSteps run={run.data} tables={tables} />}
        </div>
      )}
    </Modal>
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
