import { ActionIcon, Input, MultiSelect, NumberInput, SegmentedControl, Select, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { triggerKinds, type Trigger } from '../api/automations'
import type { Field, Table } from '../api/types'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { ConditionOperand } from '../views/ConditionOperand'
import { FilterEditor } from '../views/FilterEditor'
import { operatorsOf } from '../views/operators'
import classes from './automations.module.css'
import { aboutTable, isButton, isDate, triggerOf } from './defaults'
import { triggerIcons } from './icons'
import { ScheduleEditor, ZoneInput } from './ScheduleEditor'

const t = pageTexts.automations

interface Props { base: string; tables: readonly Table[]; trigger: Trigger; faults: Readonly<Record<string, string>>; onChange: (trigger: Trigger) => void }

/** When an automation begins: the kind, and what that kind takes. */
export function TriggerEditor({ base, tables, trigger, faults, onChange }: Props) {
  return (
    <div className={classes.form}>
      <div className={classes.kinds} role="group" aria-label={t.when}>
        {triggerKinds.map(kind => {
          const Icon = triggerIcons[kind]
          return <button key={kind} type="button" aria-pressed={kind === trigger.kind} onClick={() => kind !== trigger.kind && onChange(triggerOf(kind, tables, trigger))} data-testid={`trigger-${kind}`}><Icon size={18} />{t.triggers[kind].name}</button>
        })}
      </div>
      <Text size="sm" c="dimmed">{t.triggers[trigger.kind].lead}</Text>
      <Settings base={base} tables={tables} trigger={trigger} faults={faults} onChange={onChange} />
    </div>
  )
}

function Settings({ base, tables, trigger, faults, onChange }: Props) {
  const { kind } = trigger
  const set = (part: Partial<Trigger>) => onChange({ ...trigger, ...part })
  if (kind === 'schedule') return <ScheduleEditor trigger={trigger} error={faults['trigger.cron']} onChange={onChange} />
  if (kind === 'webhookReceived') return null
  if (kind === 'extractionFinished')
    return <NumberInput label={t.below} suffix=" %" min={1} max={100} value={Math.round((trigger.below ?? 1) * 100)} onChange={n => set({ below: (Number(n) || 100) / 100 })} error={faults['trigger.below']} data-testid="trigger-below" />
  const table = tables.find(x => x.id === trigger.table)
  const field = table?.fields.find(f => f.id === trigger.field)
  const fields = (is: (field: Field) => boolean = () => true) => (table?.fields ?? []).filter(is).map(f => ({ value: f.id, label: f.name }))
  const pickField = (choices: { value: string; label: string }[], none: string) => (
    <Select label={texts.filters.field} searchable allowDeselect={false} data={choices} value={trigger.field ?? null} description={choices.length ? undefined : none} onChange={id => id && set({ field: id, from: undefined, to: undefined })} error={faults['trigger.field']} data-testid="trigger-field" />
  )
  return (
    <>
      <Select label={t.table} searchable allowDeselect={false} data={tables.map(x => ({ value: x.id, label: x.name }))} value={trigger.table ?? null} error={faults['trigger.table']} data-testid="trigger-table"
        onChange={id => { const next = tables.find(x => x.id === id); if (next) onChange(aboutTable(kind, next)) }} />
      {kind === 'recordUpdated' && table && <MultiSelect label={t.anyOfFields} placeholder={trigger.fields?.length ? undefined : t.anyField} searchable clearable data={fields()} value={trigger.fields ?? []} onChange={ids => set({ fields: ids.length ? ids : undefined })} error={faults['trigger.fields']} data-testid="trigger-fields" />}
      {kind === 'fieldChanged' && pickField(fields(), '')}
      {kind === 'fieldChanged' && field && (['from', 'to'] as const).map(side => <Side key={side} base={base} field={field} label={t[side]} value={trigger[side]} error={faults[`trigger.${side}`]} onChange={value => set({ [side]: value })} />)}
      {kind === 'buttonClicked' && pickField(fields(isButton), t.noButton)}
      {kind === 'dateReached' && pickField(fields(isDate), t.noDate)}
      {kind === 'dateReached' && <Shift minutes={trigger.offsetMinutes ?? 0} onChange={offsetMinutes => set({ offsetMinutes })} />}
      {kind === 'dateReached' && <ZoneInput value={trigger.timeZone} onChange={timeZone => set({ timeZone })} />}
      {kind === 'formSubmitted' && table && (
        <Select label={t.form} clearable placeholder={t.anyForm} data={table.views.filter(v => v.type === 'form').map(v => ({ value: v.id, label: v.name }))} value={trigger.view ?? null} onChange={id => set({ view: id ?? undefined })} error={faults['trigger.view']} data-testid="trigger-view" />
      )}
      {kind === 'recordMatches' && table && (
        <>
          <SegmentedControl w="fit-content" value={trigger.view === undefined ? 'filter' : 'view'} data={[{ value: 'filter', label: t.meetsConditions }, { value: 'view', label: t.entersView }]} aria-label={t.meets}
            onChange={by => onChange(by === 'view' ? { kind, table: table.id, view: table.views[0]?.id ?? '' } : aboutTable(kind, table))} />
          {trigger.view !== undefined ? <Select label={t.view} allowDeselect={false} data={table.views.map(v => ({ value: v.id, label: v.name }))} value={trigger.view} onChange={id => id && set({ view: id })} error={faults['trigger.view']} data-testid="trigger-view" />
            : <Input.Wrapper error={faults['trigger.filter']}><div className={classes.wide}><FilterEditor base={base} table={table} group={trigger.filter ?? { conjunction: 'and', filterSet: [] }} onChange={filter => set({ filter })} /></div></Input.Wrapper>}
        </>
      )}
    </>
  )
}

/** What the field was or becomes; nothing for anything. */
function Side({ base, field, label, value, error, onChange }: { base: string; field: Field; label: string; value: unknown; error?: string; onChange: (value: unknown) => void }) {
  const operators = operatorsOf(field)
  const operand = operators.find(o => o.name === 'is')?.operand ?? operators.find(o => o.name === '=')?.operand ?? 'text'
  return (
    <Input.Wrapper label={label} labelElement="div" error={error} description={value === undefined ? t.anything : undefined}>
      <div style={{ display: 'flex', gap: 6, alignItems: 'center' }}>
        <div style={{ flex: 1 }}><ConditionOperand base={base} field={field} operand={operand} value={value} onChange={now => onChange(now === '' ? undefined : now)} /></div>
        {value !== undefined && <ActionIcon variant="subtle" color="gray" aria-label={t.anything} onClick={() => onChange(undefined)}><IconX size={16} /></ActionIcon>}
      </div>
    </Input.Wrapper>
  )
}

const units = { minutes: 1, hours: 60, days: 1440 } as const

function Shift({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const unit = (['days', 'hours', 'minutes'] as const).find(u => minutes !== 0 && minutes % units[u] === 0) ?? 'hours'
  const side = minutes < 0 ? 'before' : 'after'
  const put = (n: number, of: keyof typeof units, at: string) => onChange(n * units[of] * (at === 'before' ? -1 : 1))
  const n = Math.abs(minutes) / units[unit]
  return (
    <Input.Wrapper label={t.shift} labelElement="div">
      <div style={{ display: 'flex', gap: 6 }}>
        <NumberInput w={90} min={0} aria-label={t.shift} value={n} onChange={value => put(Number(value) || 0, unit, side)} data-testid="trigger-shift" />
        <Select w={120} allowDeselect={false} aria-label={t.unit} data={(Object.keys(units) as (keyof typeof units)[]).map(value => ({ value, label: t.units[value] }))} value={unit} onChange={u => put(n || 1, u as keyof typeof units, side)} />
        <Select w={120} allowDeselect={false} aria-label={t.beforeOrAfter} data={[{ value: 'before', label: t.before }, { value: 'after', label: t.after }]} value={side} onChange={at => put(n || 1, unit, at!)} />
      </div>
    </Input.Wrapper>
  )
}
