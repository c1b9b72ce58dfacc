import { ActionIcon, Button, Select, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { RowRule } from '../api/rules'
import type { Person, Table } from '../api/types'
import { FormulaEditor } from '../fields/FormulaEditor'
import { pageTexts } from '../pageTexts'
import classes from './permissions.module.css'
import { subjectsOf } from './subjects'

const t = pageTexts.rules

/** Formulas that a row must meet for somebody to see it. */
export function RowRules({ table, people, rules, onChange }: { table: Table; people: readonly Person[]; rules: readonly RowRule[]; onChange: (rules: RowRule[]) => void }) {
  const set = (n: number, part: Partial<RowRule>) => onChange(rules.map((r, i) => (i === n ? { ...r, ...part } : r)))
  const free = subjectsOf(people).find(s => !rules.some(r => r.to === s.value))
  return (
    <section>
      <h2 className={classes.label}>{t.rows}</h2>
      <Text size="sm" c="dimmed" mb="sm">{rules.length ? t.rowsLead : t.noRows}</Text>
      {rules.map((rule, n) => (
        <div key={n} className={classes.rule} data-testid="row-rule">
          <Select w={190} label={t.to} allowDeselect={false} searchable value={rule.to} data={subjectsOf(people).filter(s => s.value === rule.to || !rules.some(r => r.to === s.value))} onChange={to => to && set(n, { to })} data-testid="row-rule-to" />
          <div className={classes.formula}><FormulaEditor label={t.formula} value={rule.formula} table={table} onChange={formula => set(n, { formula })} /></div>
          <ActionIcon variant="subtle" color="gray" mt={28} aria-label={t.remove} onClick={() => onChange(rules.filter((_, i) => i !== n))}><IconTrash size={17} /></ActionIcon>
        </div>
      ))}
      {free && <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => onChange([...rules, { to: free.value, formula: '' }])} data-testid="row-rule-add">{t.addRows}</Button>}
    </section>
  )
}
