import { useEffect, useMemo, useState } from 'react'
import { useMe } from '../accounts/useMe'
import { useHub } from './LiveProvider'
import type { Present } from './hub'

/** Who else is in the table, and where; tells them where this window is. */
export function usePresence(table: string, view: string | undefined, place: { record?: string; field?: string; editing: boolean }) {
  const hub = useHub()
  const [people, setPeople] = useState<readonly Present[]>([])
  useEffect(() => hub.onPresence(message => message.id === table && setPeople(message.people)), [hub, table])
  useEffect(() => setPeople([]), [table])
  const { record, field, editing } = place
  useEffect(() => {
    const timer = setTimeout(() => hub.setPresence(table, { viewId: view ?? null, recordId: record ?? null, fieldId: field ?? null, editing }), 120)
    return () => clearTimeout(timer)
  }, [hub, table, view, record, field, editing])
  useEffect(() => () => hub.setPresence(table, null), [hub, table])
  const me = useMe().data?.user.id
  // A connection without negotiation does not know its own id; one's own other windows need no pointing out.
  return useMemo(() => people.filter(p => p.user.id !== me), [people, me])
}
