import { ActionIcon, Button, Group, Select, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { Table } from '../api/types'
import type { SettingsChange, ViewSettings } from '../api/views'
import { momentInput, zoneOf } from '../fields/dates'
import { display } from '../fields/display'
import { shownAs } from '../fields/shownAs'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'
import type { NameOf } from '../rows/useLinkNames'
import { Centered } from '../shell/States'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { monthDays } from './monthDays'
import { useShownRecords } from './useShownRecords'
import classes from './cards.module.css'

const t = pageTexts.cards

interface Props { table: Table; settings: ViewSettings; store: RowStore; state: RowStoreState; nameOf: NameOf; mayEdit: boolean; mayDesign: boolean; onSettings: (settings: SettingsChange) => void; onOpenRecord: (id: string) => void }

/** A month of days; a record lies on the day that its field says, and moves by dragging it. */
export function CalendarView({ table, settings, store, state, nameOf, mayEdit, mayDesign, onSettings, onOpenRecord }: Props) {
  const ids = useShownRecords(store, state)
  const today = new Date()
  const [month, setMonth] = useState({ year: today.getFullYear(), month: today.getMonth() })
  const dated = table.fields.filter(f => ['date', 'dateTime'].includes(shownAs(f).type))
  const by = dated.find(f => f.id === settings.options?.dateField)
  if (!by)
    return (
      <Centered>
        <div style={{ textAlign: 'center' }}>
          <Text fw={600}>{t.chooseDate}</Text>
          {dated.length === 0 && <Text c="dimmed" size="sm">{t.noDate}</Text>}
          {mayDesign && dated.length > 0 && <Select mt="sm" data={dated.map(f => ({ value: f.id, label: f.name }))} placeholder={t.chooseDate} onChange={id => id && onSettings({ options: { ...settings.options, dateField: id } })} />}
        </div>
      </Centered>
    )
  const shown = shownAs(by)
  const primary = table.fields.find(f => f.id === table.primaryFieldId)!
  const dayOf = (id: string) => {
    const value = store.value(id, by.id)
    return typeof value !== 'string' ? '' : shown.type === 'dateTime' ? momentInput(value, zoneOf(shown.options)).slice(0, 10) : value
  }
  const onDay = new Map<string, string[]>()
  for (const id of ids) onDay.set(dayOf(id), [...(onDay.get(dayOf(id)) ?? []), id])
  const movable = mayEdit && by.type === 'date'
  const go = (by: number) => setMonth(({ year, month: m }) => ({ year: year + Math.floor((m + by) / 12), month: (m + by + 12) % 12 }))
  const days = monthDays(month.year, month.month)
  return (
    <div className={classes.calendar} data-testid="calendar">
      <Group gap={6} p="xs">
        <Button size="compact-sm" variant="default" onClick={() => setMonth({ year: today.getFullYear(), month: today.getMonth() })}>{t.today}</Button>
        <ActionIcon variant="subtle" color="gray" onClick={() => go(-1)} aria-label={t.previousMonth}><IconChevronLeft size={18} /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" onClick={() => go(1)} aria-label={t.nextMonth}><IconChevronRight size={18} /></ActionIcon>
        <Text fw={600}>{t.monthNames[month.month]} {month.year}</Text>
        <Text size="sm" c="dimmed" ml="auto">{t.undated(onDay.get('')?.length ?? 0)}</Text>
      </Group>
      <div className={classes.month}>
        {t.weekdays.map(day => <Text key={day} size="xs" c="dimmed" ta="center" py={4}>{day}</Text>)}
        {days.map(day => (
          <div key={day} className={classes.day} data-other={Number(day.slice(5, 7)) - 1 !== month.month || undefined}
            onDragOver={e => movable && e.preventDefault()} onDrop={e => { const id = e.dataTransfer.getData('text/record'); if (id) void store.edit([{ id, fields: { [by.id]: day } }]) }}>
            <span className={classes.number}>{Number(day.slice(8))}</span>
            {(onDay.get(day) ?? []).slice(0, 6).map(id => (
              <button key={id} type="button" className={classes.event} draggable={movable} onDragStart={e => e.dataTransfer.setData('text/record', id)} onClick={() => onOpenRecord(id)}>
                {display(primary, store.value(id, primary.id), nameOf) || texts.grid.unnamed}
              </button>
            ))}
            {(onDay.get(day)?.length ?? 0) > 6 && <Text size="xs" c="dimmed">{t.more(onDay.get(day)!.length - 6)}</Text>}
          </div>
        ))}
      </div>
    </div>
  )
}
