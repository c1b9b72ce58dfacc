import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { readRecords } from '../api/records'
import { display } from '../fields/display'
import { useOutbox } from '../live/LiveProvider'
import type { TableConflict } from '../rows/outbox'
import { useTables } from '../tables/useTables'
import { texts } from '../texts'
import classes from './ConflictsDialog.module.css'

const t = texts.offline

/** Each cell that two people changed: what stands there, what was typed here, and who wins. */
export function ConflictsDialog({ base, conflicts, onClose }: { base: string; conflicts: readonly TableConflict[]; onClose: () => void }) {
  const outbox = useOutbox()
  const tables = useTables(base).data?.tables ?? []
  const ids = [...new Set(conflicts.map(c => c.id))]
  const names = useQuery({ queryKey: ['conflicting', base, ids], queryFn: async () => (await Promise.all([...new Set(conflicts.map(c => c.table))].map(table => readRecords(base, table, conflicts.filter(c => c.table === table).map(c => c.id))))).flat() })
  const settle = (which: readonly TableConflict[], mine: boolean) => {
    void outbox.settle(which, mine)
    if (which.length === conflicts.length) onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t.dialog} size="lg" data-testid="conflicts">
      <Stack>
        <Text size="sm" c="dimmed">{t.dialogLead}</Text>
        <ul className={classes.list}>
          {conflicts.map(conflict => {
            const table = tables.find(x => x.id === conflict.table)
            const field = table?.fields.find(f => f.id === conflict.field)
            const primary = table?.fields.find(f => f.id === table.primaryFieldId)
            const record = names.data?.find(r => r.id === conflict.id)
            const show = (value: unknown) => (field && display(field, value)) || t.nothing
            return (
              <li key={conflict.id + conflict.field}>
                <b>{(primary && display(primary, record?.fields[primary.id])) || texts.grid.unnamed} · {field?.name}</b>
                <div className={classes.sides}>
                  <div><small>{t.theirs}</small><span>{show(conflict.theirs)}</span><Button size="compact-sm" variant="default" onClick={() => settle([conflict], false)} data-testid="keep-theirs">{t.keepTheirs}</Button></div>
                  <div><small>{t.mine}</small><span>{show(conflict.mine)}</span><Button size="compact-sm" variant="light" onClick={() => settle([conflict], true)} data-testid="use-mine">{t.useMine}</Button></div>
                </div>
              </li>
            )
          })}
        </ul>
        {conflicts.length > 1 && (
          <Group justify="flex-end">
            <Button variant="default" onClick={() => settle(conflicts, false)}>{t.allTheirs}</Button>
            <Button variant="light" onClick={() => settle(conflicts, true)}>{t.allMine}</Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}
