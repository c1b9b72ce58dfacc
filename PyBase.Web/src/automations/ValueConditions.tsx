import { ActionIcon, Button, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ValueCondition } from '../api/automations'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import type { Place } from './places'
import { TemplateText } from './TemplateText'

const t = pageTexts.automations

/** Conditions on values that are no cells; all have to hold. */
export function ValueConditions({ conditions, places, onChange }: { conditions: unknown; places: readonly Place[]; onChange: (conditions: ValueCondition[]) => void }) {
  const list = Array.isArray(conditions) ? (conditions as ValueCondition[]) : []
  const set = (n: number, part: Partial<ValueCondition>) => onChange(list.map((c, i) => (i === n ? { ...c, ...part } : c)))
  return (
    <Stack gap={6}>
      {list.map((condition, n) => (
        <div key={n} style={{ display: 'flex', flexWrap: 'wrap', gap: 6, alignItems: 'center' }}>
          <Text size="sm" c="dimmed" w={44}>{n ? texts.filters.and : texts.filters.where}</Text>
          <div style={{ flex: '1 1 170px' }}><TemplateText label={t.value} hideLabel placeholder={t.value} value={condition.value} places={places} onChange={value => set(n, { value })} testId="when-value" /></div>
          <Select w={150} aria-label={texts.filters.operator} allowDeselect={false} data={Object.entries(t.operators).map(([value, label]) => ({ value, label }))} value={condition.operator} onChange={operator => operator && set(n, { operator })} data-testid="when-operator" />
          {!condition.operator.endsWith('mpty') && <div style={{ flex: '1 1 140px' }}><TemplateText label={t.comparedWith} hideLabel placeholder={t.comparedWith} value={condition.to} places={places} onChange={to => set(n, { to })} testId="when-to" /></div>}
          <ActionIcon variant="subtle" color="gray" aria-label={texts.filters.remove} onClick={() => onChange(list.filter((_, i) => i !== n))}><IconTrash size={16} /></ActionIcon>
        </div>
      ))}
      <Button size="compact-sm" variant="subtle" w="fit-content" leftSection={<IconPlus size={14} />} onClick={() => onChange([...list, { value: '', operator: 'is', to: '' }])} data-testid="when-add">{texts.filters.add}</Button>
    </Stack>
  )
}
