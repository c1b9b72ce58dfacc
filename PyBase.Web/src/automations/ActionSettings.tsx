import { Group, Input, MultiSelect, NumberInput, SegmentedControl, Select } from '@mantine/core'
import type { Action } from '../api/automations'
import type { Table } from '../api/types'
import { asGroup, type ConditionGroup } from '../api/views'
import { usePeople } from '../bases/usePeople'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { FilterEditor } from '../views/FilterEditor'
import classes from './automations.module.css'
import { isLink } from './defaults'
import { CellValues, NamedValues } from './NamedValues'
import { placesOf, type Place, type Scope } from './places'
import { PlaceMenu, shownTemplate, TemplateText } from './TemplateText'
import { ValueConditions } from './ValueConditions'

const t = pageTexts.automations
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']

interface Props { base: string; action: Action; scope: Scope; faults: Readonly<Record<string, string>>; onChange: (action: Action) => void }

/** What an action of its kind takes; what is in branches and loops stands below it. */
export function ActionSettings({ base, action, scope, faults, onChange }: Props) {
  const places = placesOf(scope)
  const { tables } = scope
  const table = tables.find(x => x.id === action.table)
  const set = (part: Record<string, unknown>) => onChange({ ...action, ...part })
  const fault = (setting: string) => faults[`actions.${action.id}.${setting}`]
  const text = (setting: string, label: string, more: { long?: boolean; code?: boolean; description?: string; placeholder?: string } = {}) => (
    <TemplateText label={label} value={action[setting]} places={places} error={fault(setting)} onChange={value => set({ [setting]: value })} testId={`action-${setting}`} {...more} />
  )
  const pickTable = (
    <Select label={t.table} searchable allowDeselect={false} data={tables.map(x => ({ value: x.id, label: x.name }))} value={table?.id ?? null} error={fault('table')} data-testid="action-table"
      onChange={id => id && id !== action.table && set({ table: id, ...('fields' in action && { fields: {} }), ...(action.kind === 'linkRecords' && { field: tables.find(x => x.id === id)?.fields.find(isLink)?.id }), ...(action.filter !== undefined && { filter: undefined }) })} />
  )
  const filter = (table: Table) => (
    <Input.Wrapper error={fault('filter')}>
      <div className={classes.wide}>
        <FilterEditor base={base} table={table} group={groupOf(action.filter)} onChange={group => set({ filter: group })} textInput={(value, put) => <TemplateText size="xs" label={texts.filters.value} hideLabel value={value} places={places} onChange={put} testId="filter-value" />} />
      </div>
    </Input.Wrapper>
  )
  switch (action.kind) {
    case 'createRecord':
      return <>{pickTable}<CellValues table={table} values={action.fields} places={places} error={fault('fields')} onChange={fields => set({ fields })} /></>
    case 'updateRecord':
      return <>{pickTable}{text('record', t.record, { description: t.recordHint })}<CellValues table={table} values={action.fields} places={places} error={fault('fields')} onChange={fields => set({ fields })} /></>
    case 'deleteRecord':
      return <>{pickTable}{text('record', t.record, { description: t.recordHint })}</>
    case 'linkRecords':
      return (
        <>
          {pickTable}
          {text('record', t.record, { description: t.recordHint })}
          <Select label={t.linkField} allowDeselect={false} data={(table?.fields ?? []).filter(isLink).map(f => ({ value: f.id, label: f.name }))} value={(action.field as string) ?? null} error={fault('field')} onChange={field => set({ field })} data-testid="action-field" />
          <SegmentedControl w="fit-content" value={(action.mode as string) ?? 'add'} data={[{ value: 'add', label: t.add }, { value: 'remove', label: t.takeAway }]} aria-label={t.linkMode} onChange={mode => set({ mode })} />
          {text('records', t.records, { description: t.recordsHint })}
        </>
      )
    case 'findRecords':
      return (
        <>
          {pickTable}
          {table && filter(table)}
          <NumberInput w={140} label={t.most} min={1} max={100} value={Number(action.max ?? 100)} onChange={n => set({ max: Number(n) || 100 })} />
        </>
      )
    case 'sendEmail':
      return <>{text('to', t.to, { description: t.toHint })}{text('subject', t.subject)}{text('body', t.mailBody, { long: true })}</>
    case 'notify':
      return <><PeopleInput base={base} value={action.people} places={places} error={fault('people')} onChange={people => set({ people })} />{text('text', t.text, { long: true })}</>
    case 'sendSlackMessage':
      return (
        <>
          {text('url', t.slackUrl, { description: t.slackHint })}
          {text('text', t.text, { long: true })}
          <Group grow align="flex-start">{text('channel', t.channel)}{text('username', t.username)}</Group>
          <JsonText label={t.blocks} value={action.blocks} places={places} error={fault('blocks')} onChange={blocks => set({ blocks })} testId="action-blocks" />
        </>
      )
    case 'callHttp':
      return (
        <>
          <Group align="flex-start" wrap="nowrap" gap="xs">
            <Select w={110} style={{ flex: 'none' }} label={t.method} allowDeselect={false} data={methods} value={(action.method as string) ?? 'GET'} onChange={method => set({ method })} data-testid="action-method" />
            <div style={{ flex: 1 }}>{text('url', t.url, { placeholder: 'https://' })}</div>
          </Group>
          <NamedValues label={t.headers} values={action.headers} places={places} add={t.addHeader} nameLabel={t.headerName} valueLabel={t.value} onChange={headers => set({ headers })} testId="headers" />
          {!['GET', 'HEAD'].includes(String(action.method ?? 'GET')) && <JsonText label={t.bodySent} value={action.body} places={places} onChange={body => set({ body })} testId="action-body" />}
          <NamedValues plain label={t.response} values={action.response} places={places} add={t.addResponse} nameLabel={t.responseName} valueLabel={t.responsePlace} onChange={response => set({ response })} testId="response" />
        </>
      )
    case 'runScript':
      return (
        <>
          <NamedValues label={t.input} values={action.input} places={places} add={t.addInput} nameLabel={t.inputName} valueLabel={t.value} onChange={input => set({ input: input ?? {} })} testId="input" />
          <Input.Wrapper label={t.code} description={t.codeHint} error={fault('code')}>
            <textarea className={classes.code} aria-label={t.code} rows={8} spellCheck={false} value={shownTemplate(action.code)} onChange={e => set({ code: e.currentTarget.value })} data-testid="action-code" />
          </Input.Wrapper>
        </>
      )
    case 'delay':
      return <DelaySettings action={action} until={text('until', t.until, { description: t.untilHint })} onChange={onChange} />
    case 'branch': {
      const about = tables.find(x => x.id === (action.table ?? scope.trigger.table))
      const by = action.when !== undefined ? 'when' : 'filter'
      return (
        <>
          {about && <SegmentedControl w="fit-content" value={by} data={[{ value: 'filter', label: t.byRecord }, { value: 'when', label: t.byValues }]} aria-label={t.when} data-testid="branch-by"
            onChange={to => { const { when: _, filter: __, ...rest } = action; onChange({ ...rest, ...(to === 'when' ? { when: [{ value: '', operator: 'isNotEmpty' }] } : { filter: { conjunction: 'and', filterSet: [] } }) }) }} />}
          {by === 'filter' && about ? filter(about) : <ValueConditions conditions={action.when} places={places} onChange={when => set({ when })} />}
        </>
      )
    }
    case 'loop':
      return (
        <>
          {text('items', t.items, { description: t.itemsHint })}
          <NumberInput w={140} label={t.most} min={1} max={1000} value={Number(action.max ?? 100)} onChange={n => set({ max: Number(n) || 100 })} />
        </>
      )
  }
}

const groupOf = (filter: unknown) => (filter ? asGroup(filter as ConditionGroup) : { conjunction: 'and' as const, filterSet: [] })

function PeopleInput({ base, value, places, error, onChange }: { base: string; value: unknown; places: readonly Place[]; error?: string; onChange: (people: string[]) => void }) {
  const people = usePeople(base).data ?? []
  const chosen = Array.isArray(value) ? value.map(String) : value ? [String(value)] : []
  const others = chosen.filter(id => !people.some(p => p.id === id))
  return (
    <Group align="flex-end" gap={6} wrap="nowrap">
      <MultiSelect style={{ flex: 1 }} label={t.people} searchable data={[...people.map(p => ({ value: p.id, label: p.name || p.email })), ...others]} value={chosen} error={error} onChange={onChange} data-testid="action-people" />
      <div style={{ paddingBottom: 6 }}><PlaceMenu label={t.pick(t.people)} places={places} onPick={path => onChange([...chosen, `{{${path}}}`])} testId="action-people-pick" /></div>
    </Group>
  )
}

/** JSON as JSON, anything else as text. */
function JsonText({ label, value, places, error, testId, onChange }: { label: string; value: unknown; places: readonly Place[]; error?: string; testId: string; onChange: (value: unknown) => void }) {
  const shown = typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : shownTemplate(value)
  const isJson = jsonOf(shown) !== undefined
  return (
    <TemplateText long code label={label} value={shown} places={places} error={error} testId={testId} description={shown ? (isJson ? t.asJson : t.asText) : undefined}
      onChange={text => onChange(text === '' ? undefined : canonical(text))} />
  )
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** What is being typed stays as it is typed; what reads the same when it is written anew becomes JSON. */
const canonical = (text: string) => { const value = jsonOf(text); return value !== undefined && JSON.stringify(value, null, 2) === text ? value : text }

/** Before it is sent: whatever can be read as JSON is JSON. */
export function settled(action: Action): Action {
  const next: Action = { ...action }
  for (const setting of ['body', 'blocks']) if (typeof next[setting] === 'string') next[setting] = jsonOf(next[setting] as string) ?? next[setting]
  for (const inner of ['then', 'else', 'do'] as const) if (next[inner]) next[inner] = next[inner]!.map(settled)
  if (next.kind === 'branch' && next.filter && groupOf(next.filter).filterSet.length === 0) delete next.filter
  if (next.kind === 'findRecords' && next.filter && groupOf(next.filter).filterSet.length === 0) delete next.filter
  return next
}

const units = { seconds: 1, minutes: 60, hours: 3600, days: 86400 } as const

function DelaySettings({ action, until, onChange }: { action: Action; until: React.ReactNode; onChange: (action: Action) => void }) {
  const seconds = Number(action.seconds ?? 0)
  const unit = (['days', 'hours', 'minutes'] as const).find(u => seconds > 0 && seconds % units[u] === 0) ?? 'seconds'
  const by = action.until !== undefined ? 'until' : 'seconds'
  const { until: _, seconds: __, ...rest } = action
  return (
    <>
      <SegmentedControl w="fit-content" value={by} data={[{ value: 'seconds', label: t.waitFor }, { value: 'until', label: t.waitUntil }]} aria-label={t.actions.delay.name} onChange={to => onChange(to === 'until' ? { ...rest, until: '' } : { ...rest, seconds: 3600 })} />
      {by === 'until' ? until : (
        <Group gap={6} align="flex-end">
          <NumberInput w={110} min={0} label={t.waitFor} value={seconds / units[unit]} onChange={n => onChange({ ...rest, seconds: (Number(n) || 0) * units[unit] })} data-testid="action-seconds" />
          <Select w={130} allowDeselect={false} aria-label={t.unit} data={(Object.keys(units) as (keyof typeof units)[]).map(value => ({ value, label: t.units[value] }))} value={unit} onChange={u => onChange({ ...rest, seconds: (seconds / units[unit] || 1) * units[u as keyof typeof units] })} />
        </Group>
      )}
    </>
  )
}
