import { Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readAs } from '../api/rules'
import type { Person, Table } from '../api/types'
import { pageTexts } from '../pageTexts'
import { Centered, Failed } from '../shell/States'
import classes from './permissions.module.css'

const t = pageTexts.rules

/** The table as somebody else sees it, by the rules that are saved. */
export function ViewAs({ base, table, people }: { base: string; table: Table; people: readonly Person[] }) {
  const [person, setPerson] = useState<string | null>(null)
  const seen = useQuery({ queryKey: ['seen-as', table.id, person], enabled: person !== null, queryFn: ({ signal }) => readAs(base, table.id, person!, signal) })
  return (
    <section>
      <h2 className={classes.label}>{t.viewAs}</h2>
      <Select w={260} mb="sm" searchable aria-label={t.viewAs} placeholder={t.whom} value={person} data={people.map(p => ({ value: p.id, label: p.name || p.email }))} onChange={setPerson} data-testid="view-as" />
      {person === null ? null : seen.isError ? <Failed title={t.seenFailed} error={seen.error} onRetry={() => void seen.refetch()} /> : seen.isPending ? <Centered /> : !seen.data ? <Text c="dimmed">{t.notSeen}</Text> : (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t.viewAs} data-testid="seen">
          <table className={classes.table}>
            <thead><tr>{seen.data.table.fields.map(f => <th key={f.id} scope="col">{f.name}</th>)}</tr></thead>
            <tbody>{seen.data.records.map(record => <tr key={record.id} data-testid="seen-row">{seen.data!.table.fields.map(f => <td key={f.id}>{String(record.fields[f.id] ?? '')}</td>)}</tr>)}</tbody>
          </table>
          {seen.data.records.length === 0 && <Text c="dimmed" p="md">{t.noRowsSeen}</Text>}
        </div>
      )}
    </section>
  )
}
