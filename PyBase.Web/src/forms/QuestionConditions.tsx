import { ActionIcon, Button, Group, MultiSelect, Select, Stack } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { FormCondition } from '../api/shares'
import type { Field } from '../api/types'
import { KeptText } from '../shell/KeptText'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

const t = pageTexts.forms
const operators = Object.entries(t.operators).map(([value, label]) => ({ value, label }))

interface Props { before: readonly Field[]; when: readonly FormCondition[]; onChange: (when: FormCondition[]) => void }

/** A question is asked only when all of these hold of the answers before it. */
export function QuestionConditions({ before, when, onChange }: Props) {
  const set = (n: number, condition: FormCondition) => onChange(when.map((c, i) => (i === n ? condition : c)))
  const first = before.at(-1)
  return (
    <Stack gap={6}>
      {when.map((condition, n) => {
        const field = before.find(f => f.id === condition.field)
        return (
          <Group key={n} gap={6} align="flex-start">
            <Select size="xs" w={150} allowDeselect={false} aria-label={texts.filters.field} value={condition.field} data={before.map(f => ({ value: f.id, label: f.name }))} onChange={id => id && set(n, { field: id, operator: 'isNotEmpty' })} data-testid="when-field" />
            <Select size="xs" w={130} allowDeselect={false} aria-label={texts.filters.operator} value={condition.operator} data={operators} data-testid="when-operator"
              onChange={name => name && set(n, { field: condition.field, operator: name as FormCondition['operator'], ...(!name.endsWith('Empty') && { value: (condition.value?.length ? condition.value : firstValue(field)).slice(0, name === 'isAnyOf' ? undefined : 1) }) })} />
            {!condition.operator.endsWith('Empty') && field && <ConditionValue field={field} condition={condition} onChange={value => set(n, { ...condition, value })} />}
            <ActionIcon variant="subtle" color="gray" mt={2} aria-label={texts.filters.remove} onClick={() => onChange(when.filter((_, i) => i !== n))}><IconTrash size={15} /></ActionIcon>
          </Group>
        )
      })}
      {first && when.length < 10 && <Button size="compact-xs" variant="subtle" w="fit-content" leftSection={<IconPlus size={13} />} onClick={() => onChange([...when, { field: first.id, operator: 'isNotEmpty' }])} data-testid="when-add">{when.length ? t.also : t.onlyWhen}</Button>}
    </Stack>
  )
}

const firstValue = (field: Field | undefined) => (field?.type === 'checkbox' ? ['true'] : field?.options?.choices?.[0] ? [field.options.choices[0].id] : [''])

function ConditionValue({ field, condition: { operator, value = [] }, onChange }: { field: Field; condition: FormCondition; onChange: (value: string[]) => void }) {
  const choices = field.type === 'checkbox' ? [{ value: 'true', label: texts.filters.ticked }, { value: 'false', label: texts.filters.unticked }] : field.options?.choices?.map(c => ({ value: c.id, label: c.name }))
  const common = { size: 'xs', 'aria-label': texts.filters.value, 'data-testid': 'when-value', style: { flex: 1, minWidth: 120 } } as const
  if (!choices) return <KeptText label={texts.filters.value} hideLabel size="xs" value={value.join(', ')} onKeep={text => onChange(operator === 'isAnyOf' ? text.split(',').map(s => s.trim()).filter(Boolean) : [text.trim()])} />
  return operator === 'isAnyOf' ? <MultiSelect {...common} data={choices} value={value} onChange={found => found.length && onChange(found)} /> : <Select {...common} allowDeselect={false} data={choices} value={value[0] ?? null} onChange={one => one && onChange([one])} />
}
