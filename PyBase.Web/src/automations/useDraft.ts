import { useState } from 'react'
import type { Automation, Definition } from '../api/automations'
import { asGroup } from '../api/views'
import type { Table } from '../api/types'
import { newDefinition } from './defaults'

/** What is not saved yet stays for as long as the application is open, wherever somebody goes meanwhile. */
const drafts = new Map<string, Definition>()

const asDefinition = ({ name, trigger, conditions, actions, maxRunsPerHour, retries }: Automation): Definition => ({
  name, actions, maxRunsPerHour, retries, secrets: {},
  trigger: trigger.filter ? { ...trigger, filter: asGroup(trigger.filter) } : trigger,
  conditions: conditions ? asGroup(conditions) : null,
})

/** An automation as it is being put together. */
export function useDraft(base: string, stored: Automation | undefined, nameOfNew: string, tables: readonly Table[]) {
  const key = stored?.id ?? `new of ${base}`
  const [draft, setDraft] = useState<Definition | undefined>(() => drafts.get(key))
  const put = (next: Definition | undefined) => {
    if (next) drafts.set(key, next)
    else drafts.delete(key)
    setDraft(next)
  }
  const [fresh] = useState(() => newDefinition(nameOfNew, tables))
  return { definition: draft ?? (stored ? asDefinition(stored) : fresh), isChanged: draft !== undefined, put }
}
