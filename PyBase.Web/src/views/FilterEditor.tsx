import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Table } from '../api/types'
import type { Condition, ConditionGroup } from '../api/views'
import { texts } from '../texts'
import { listsInside } from './listsInside'
import { ConditionOperand, type TextOperand } from './ConditionOperand'
import { emptyOperand, operatorsOf } from './operators'
import classes from './views.module.css'

const t = texts.filters

interface Props { base: string; table: Table; group: ConditionGroup; onChange: (group: ConditionGroup) => void; textInput?: TextOperand; none?: string; depth?: number }

/** Conditions of which all or any must hold, and groups of them. */
export function FilterEditor({ base, table, group, onChange, textInput, none = t.none, depth = 0 }: Props) {
  const set = (n: number, part: Condition | ConditionGroup) => onChange({ ...group, filterSet: group.filterSet.map((p, i) => (i === n ? part : p)) })
  const add = (part: Condition | ConditionGroup) => onChange({ ...group, filterSet: [...group.filterSet, part] })
  const remove = (n: number) => onChange({ ...group, filterSet: group.filterSet.filter((_, i) => i !== n) })
  return (
    <Stack gap={6} className={depth ? classes.nested : undefined}>
      {group.filterSet.length === 0 && depth === 0 && <Text size="sm" c="dimmed">{none}</Text>}
      {group.filterSet.map((part, n) => (
        <Group key={n} gap={6} wrap="nowrap" align="flex-start">
          <Conjunction n={n} group={group} onChange={onChange} />
          {'filterSet' in part
            ? <div style={{ flex: 1 }}><FilterEditor base={base} table={table} group={part} onChange={g => set(n, g)} textInput={textInput} depth={depth + 1} /></div>
            : <ConditionRow base={base} table={table} condition={part} textInput={textInput} onChange={c => set(n, c)} />}
          <ActionIcon variant="subtle" color="gray" mt={3} onClick={() => remove(n)} aria-label={t.remove}><IconTrash size={16} /></ActionIcon>
        </Group>
      ))}
      <Group gap={4}>
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => add(newCondition(table))} data-testid="filter-add">{t.add}</Button>
        {depth < 3 && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => add({ conjunction: group.conjunction === 'and' ? 'or' : 'and', filterSet: [newCondition(table)] })}>{t.addGroup}</Button>
        )}
      </Group>
    </Stack>
  )
}

function Conjunction({ n, group, onChange }: { n: number; group: ConditionGroup; onChange: (group: ConditionGroup) => void }) {
  if (n === 0) return <Text size="sm" w={64} pt={6} c="dimmed">{t.where}</Text>
  if (n > 1) return <Text size="sm" w={64} pt={6} c="dimmed">{t[group.conjunction]}</Text>
  return (
    <Select size="xs" openOnFocus={false} w={64} allowDeselect={false} value={group.conjunction} aria-label={t.conjunction} comboboxProps={listsInside}
      data={[{ value: 'and', label: t.and }, { value: 'or', label: t.or }]} onChange={c => c && onChange({ ...group, conjunction: c as 'and' | 'or' })} />
  )
}

const newCondition = (table: Table): Condition => conditionOn(table, table.primaryFieldId)

function conditionOn(table: Table, fieldId: string): Condition {
  const first = operatorsOf(table.fields.find(f => f.id === fieldId)!)[0]!
  return { fieldId, operator: first.name, value: emptyOperand(first.operand) }
}

function ConditionRow({ base, table, condition, textInput, onChange }: { base: string; table: Table; condition: Condition; textInput?: TextOperand; onChange: (condition: Condition) => void }) {
  const field = table.fields.find(f => f.id === condition.fieldId)
  if (!field) return <Text size="sm" c="dimmed" pt={6}>{t.fieldGone}</Text>
  const operators = operatorsOf(field)
  const operator = operators.find(o => o.name === condition.operator) ?? operators[0]!
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" style={{ flex: 1 }}>
      <Select size="xs" openOnFocus={false} w={150} allowDeselect={false} searchable value={field.id} data={table.fields.map(f => ({ value: f.id, label: f.name }))} aria-label={t.field}
        comboboxProps={listsInside} onChange={id => id && onChange(conditionOn(table, id))} data-testid="filter-field" />
      <Select size="xs" openOnFocus={false} w={140} allowDeselect={false} value={operator.name} data={operators.map(o => ({ value: o.name, label: o.label }))} aria-label={t.operator}
        comboboxProps={listsInside} data-testid="filter-operator"
        onChange={name => {
          const next = operators.find(o => o.name === name)
          if (next) onChange({ ...condition, operator: next.name, value: next.operand === operator.operand ? condition.value : emptyOperand(next.operand) })
        }} />
      <div style={{ flex: 1, minWidth: 150 }}>
        <ConditionOperand base={base} field={field} operand={operator.operand} value={condition.value} textInput={textInput} onChange={value => onChange({ ...condition, value })} />
      </div>
    </Group>
  )
}
