import { Button, Select, Text } from '@mantine/core'
import { useComputedColorScheme } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Field, Table } from '../api/types'
import type { SettingsChange, ViewSettings } from '../api/views'
import { choicePaint } from '../grid/choiceColours'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'
import type { NameOf } from '../rows/useLinkNames'
import { Centered } from '../shell/States'
import { pageTexts } from '../pageTexts'
import { RecordCard } from './RecordCard'
import { useShownRecords } from './useShownRecords'
import classes from './cards.module.css'

const t = pageTexts.cards

interface Props { table: Table; settings: ViewSettings; fields: readonly Field[]; store: RowStore; state: RowStoreState; nameOf: NameOf; mayEdit: boolean; mayDesign: boolean; onSettings: (settings: SettingsChange) => void; onOpenRecord: (id: string) => void }

/** A stack for each choice; a card moves from one to another by dragging it, or by its record's page. */
export function KanbanView({ table, settings, fields, store, state, nameOf, mayEdit, mayDesign, onSettings, onOpenRecord }: Props) {
  const dark = useComputedColorScheme('light') === 'dark'
  const ids = useShownRecords(store, state)
  const [over, setOver] = useState<string | null>(null)
  const stacks = table.fields.filter(f => f.type === 'singleSelect' || f.type === 'status')
  const by = stacks.find(f => f.id === settings.options?.stackField)
  if (!by)
    return (
      <Centered>
        <div style={{ textAlign: 'center' }}>
          <Text fw={600}>{t.chooseStack}</Text>
          <Text c="dimmed" size="sm" mb="sm">{stacks.length ? t.chooseStackLead : t.noStack}</Text>
          {mayDesign && stacks.length > 0 && <Select data={stacks.map(f => ({ value: f.id, label: f.name }))} placeholder={t.chooseStack} onChange={id => id && onSettings({ options: { ...settings.options, stackField: id } })} data-testid="stack-field" />}
        </div>
      </Centered>
    )
  const choices = by.options?.choices ?? []
  const columns = [{ name: '', color: undefined as string | undefined }, ...choices.map(c => ({ name: c.name, color: c.color }))]
  const inStack = new Map(columns.map(c => [c.name, [] as string[]]))
  for (const id of ids) inStack.get(String(store.value(id, by.id) ?? ''))?.push(id)
  const drop = (name: string, id: string) => {
    setOver(null)
    if (id && String(store.value(id, by.id) ?? '') !== name) void store.edit([{ id, fields: { [by.id]: name || null } }])
  }
  return (
    <div className={classes.board} data-testid="kanban">
      {columns.map(({ name, color }) => {
        const cards = inStack.get(name)!
        if (name === '' && cards.length === 0) return null
        const paint = choicePaint(color, dark)
        return (
          <section key={name} className={classes.stack} data-over={over === name || undefined} aria-label={name || t.uncategorised} data-testid={`stack-${name}`}
            onDragOver={e => { if (mayEdit) { e.preventDefault(); setOver(name) } }} onDragLeave={() => setOver(null)} onDrop={e => drop(name, e.dataTransfer.getData('text/record'))}>
            <header>
              {name ? <span className={classes.pill} style={{ background: paint.back, color: paint.ink }}>{name}</span> : <Text span size="sm" c="dimmed">{t.uncategorised}</Text>}
              <Text span size="xs" c="dimmed">{cards.length}</Text>
            </header>
            <div className={classes.cards}>
              {cards.map(id => (
                <RecordCard key={id} compact table={table} id={id} fields={fields.filter(f => f.id !== by.id).slice(0, 6)} store={store} nameOf={nameOf} onOpen={() => onOpenRecord(id)}
                  onDragStart={mayEdit ? e => e.dataTransfer.setData('text/record', id) : undefined} />
              ))}
            </div>
            {mayEdit && <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconPlus size={14} />} onClick={() => void store.create(name ? { [by.id]: name } : {}).then(id => id && onOpenRecord(id))}>{t.add}</Button>}
          </section>
        )
      })}
    </div>
  )
}
