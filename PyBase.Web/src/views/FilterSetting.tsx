import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import type { Table } from '../api/types'
import type { ConditionGroup, ViewSettings } from '../api/views'
import { completeFilter } from './completeFilter'
import { FilterEditor } from './FilterEditor'

const none: ConditionGroup = { conjunction: 'and', filterSet: [] }

interface Props { base: string; table: Table; settings: ViewSettings; onChange: (filter: ConditionGroup | null) => void }

/** Conditions as they are being put together; the view gets those that are complete, when somebody pauses. */
export function FilterSetting({ base, table, settings, onChange }: Props) {
  const [draft, setDraft] = useState(settings.filter ?? none)
  const send = useDebouncedCallback((group: ConditionGroup) => onChange(completeFilter(group, table) ?? null), { delay: 350, flushOnUnmount: true })
  return (
    <FilterEditor base={base} table={table} group={draft}
      onChange={group => {
        setDraft(group)
        if (JSON.stringify(completeFilter(group, table)) !== JSON.stringify(completeFilter(draft, table))) send(group)
      }} />
  )
}
