import { Alert, Button, Group, Select, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { problemFrom } from '../api/problem'
import { readRules, setRules, type Rules } from '../api/rules'
import type { Table } from '../api/types'
import { BaseHead } from '../bases/BaseHead'
import { useBases } from '../bases/useBases'
import { usePeople } from '../bases/usePeople'
import { pageTexts } from '../pageTexts'
import { Centered, Failed } from '../shell/States'
import { useTitle } from '../shell/useTitle'
import { useTables } from '../tables/useTables'
import { texts } from '../texts'
import { FieldRules } from './FieldRules'
import classes from './permissions.module.css'
import { RowRules } from './RowRules'
import { ViewAs } from './ViewAs'

const t = pageTexts.rules

/** Who reads and writes which fields and rows of a base's tables. */
export default function RulesPage() {
  const { baseId } = useParams() as { baseId: string }
  const [parameters, setParameters] = useSearchParams()
  const base = useBases().data?.find(b => b.id === baseId)
  const tables = useTables(baseId)
  const table = tables.data?.tables.find(x => x.id === parameters.get('table')) ?? tables.data?.tables[0]
  useTitle(t.title, base?.name)
  return (
    <div className={classes.page}>
      <BaseHead base={base} baseId={baseId} at="rules" />
      <main className={classes.main}>
        <div className={classes.inner}>
          <Group justify="space-between" align="flex-end" gap="md">
            <div><Title order={1} fz={26}>{t.title}</Title><Text c="dimmed" mt={4}>{t.lead}</Text></div>
            {table && <Select w={240} label={t.table} allowDeselect={false} data={tables.data!.tables.map(x => ({ value: x.id, label: x.name }))} value={table.id} onChange={id => id && setParameters({ table: id })} data-testid="rules-table" />}
          </Group>
          {tables.isError ? <Failed title={texts.tables.failed} error={tables.error} onRetry={() => void tables.refetch()} /> : !table ? <Centered /> : <RulesOf key={table.id} base={baseId} table={table} />}
        </div>
      </main>
    </div>
  )
}

function RulesOf({ base, table }: { base: string; table: Table }) {
  const queries = useQueryClient()
  const people = usePeople(base).data ?? []
  const key = ['rules', table.id]
  const kept = useQuery({ queryKey: key, queryFn: ({ signal }) => readRules(base, table.id, signal) })
  const [draft, setDraft] = useState<Rules | null>(null)
  const save = useMutation({ mutationFn: (rules: Rules) => setRules(base, table.id, rules), onSuccess: rules => { queries.setQueryData(key, rules); setDraft(null); void queries.invalidateQueries({ queryKey: ['seen-as'] }) } })
  if (kept.isError) return <Failed title={t.failed} error={kept.error} onRetry={() => void kept.refetch()} />
  if (!kept.data) return <Centered />
  const rules = draft ?? kept.data
  const set = (part: Partial<Rules>) => { save.reset(); setDraft({ ...rules, ...part }) }
  const problem = save.error && problemFrom(save.error)
  return (
    <>
      <FieldRules table={table} people={people} rules={rules.fields} onChange={fields => set({ fields })} />
      <RowRules table={table} people={people} rules={rules.rows} onChange={rows => set({ rows })} />
      {problem && <Alert color="red" mt="md" title={problem.message} data-testid="rules-problem">{problem.hint}</Alert>}
      <Group mt="lg" gap="xs">
        <Button disabled={!draft} loading={save.isPending} onClick={() => save.mutate({ ...rules, rows: rules.rows.filter(r => r.formula.trim()) })} data-testid="rules-save">{texts.save}</Button>
        {draft && <Button variant="default" onClick={() => { save.reset(); setDraft(null) }}>{texts.cancel}</Button>}
      </Group>
      <ViewAs base={base} table={table} people={people} />
    </>
  )
}
