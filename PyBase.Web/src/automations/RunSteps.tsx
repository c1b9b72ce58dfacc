import { Badge, Text } from '@mantine/core'
import type { Run } from '../api/automations'
import type { Table } from '../api/types'
import { pageTexts } from '../pageTexts'
import classes from './automations.module.css'

const t = pageTexts.automations
const colours: Record<string, string> = { succeeded: 'green', failed: 'red', refused: 'orange', running: 'petrol', waiting: 'petrol', queued: 'gray' }

export const RunBadge = ({ state }: { state: string }) => <Badge variant="light" color={colours[state] ?? 'gray'} tt="none" fw={550} data-testid="run-state" data-state={state}>{t.states[state] ?? state}</Badge>

/** As JSON, with the names of tables, views and fields in place of their ids. */
function written(value: unknown, tables: readonly Table[]) {
  const names = new Map(tables.flatMap(table => [[table.id, table.name], ...table.fields.map(f => [f.id, f.name]), ...table.views.map(v => [v.id, v.name])] as [string, string][]))
  return (typeof value === 'string' ? value : JSON.stringify(value, null, 2)).replace(/(?:tbl|fld|viw)[A-Za-z0-9]{14}/g, id => names.get(id) ?? id)
}

/** What began a run, and each step with what went in and what came out. */
export function RunSteps({ run, tables }: { run: Run; tables: readonly Table[] }) {
  return (
    <div className={classes.steps}>
      {run.error && <Text size="sm" c="red" role="alert">{run.error.message}{run.error.hint ? ` ${run.error.hint}` : ''}</Text>}
      {run.trigger ? <details><summary>{t.began}</summary><div className={classes.values}><Value label="" value={run.trigger} tables={tables} /></div></details> : null}
      {(run.steps ?? []).map(step => (
        <div key={step.step} className={classes.step} data-state={step.state} data-testid={`step-${step.step}`}>
          <Text size="sm" fw={550} span mr={8}>{t.actions[step.kind as keyof typeof t.actions]?.name ?? step.kind}</Text>
          <Text size="xs" c="dimmed" span mr={8}>{step.step}</Text>
          <RunBadge state={step.state} />
          {step.error && <Text size="sm" c="red">{step.error.message}{step.error.hint ? ` ${step.error.hint}` : ''}</Text>}
          <div className={classes.values}>
            {step.input ? <Value label={t.in} value={step.input} tables={tables} /> : null}
            {step.output ? <Value label={t.out} value={step.output} tables={tables} /> : null}
          </div>
        </div>
      ))}
      {run.steps?.length === 0 && !run.error && <Text size="sm" c="dimmed">{t.noSteps}</Text>}
    </div>
  )
}

function Value({ label, value, tables }: { label: string; value: unknown; tables: readonly Table[] }) {
  return <div>{label && <Text size="xs" c="dimmed" mb={2}>{label}</Text>}<pre tabIndex={0} aria-label={label || t.began}>{written(value, tables)}</pre></div>
}
