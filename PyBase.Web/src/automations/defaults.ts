import type { Action, ActionKind, Definition, Trigger, TriggerKind } from '../api/automations'
import type { Field, Table } from '../api/types'
import { operatorsOf } from '../views/operators'
import { lastFirst } from '../tables/lookedAt'
import { shownAs } from '../fields/shownAs'

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone

export const isDate = (field: Field) => ['date', 'dateTime'].includes(shownAs(field).type) && field.type !== 'multipleLookupValues'
export const isLink = (field: Field) => field.type === 'multipleRecordLinks'
export const isButton = (field: Field) => field.type === 'button'

/** A trigger that works as it is chosen, as far as the base has what it takes. */
export function triggerOf(kind: TriggerKind, tables: readonly Table[], was?: Trigger): Trigger {
  if (kind === 'schedule') return { kind, cron: '0 9 * * *', timeZone: here() }
  if (kind === 'extractionFinished') return { kind, below: 0.9 }
  if (kind === 'webhookReceived') return { kind }
  const fits = (table: Table) =>
    kind === 'buttonClicked' ? table.fields.some(isButton) : kind === 'dateReached' ? table.fields.some(isDate) : kind === 'formSubmitted' ? table.views.some(v => v.type === 'form') : true
  const table = [tables.find(x => x.id === was?.table), ...lastFirst(tables)].find(x => x && fits(x)) ?? tables[0]
  return table ? aboutTable(kind, table) : { kind }
}

/** The same about a table. */
export function aboutTable(kind: TriggerKind, table: Table): Trigger {
  const first = (is: (field: Field) => boolean) => table.fields.find(is)?.id
  switch (kind) {
    case 'fieldChanged': return { kind, table: table.id, field: first(f => f.type === 'singleSelect' || f.type === 'status') ?? table.primaryFieldId }
    case 'buttonClicked': return { kind, table: table.id, field: first(isButton) }
    case 'dateReached': return { kind, table: table.id, field: first(isDate), offsetMinutes: 0, timeZone: here() }
    case 'recordMatches': {
      const field = table.fields.find(f => f.type === 'singleSelect') ?? table.fields.find(f => f.id === table.primaryFieldId)!
      return { kind, table: table.id, filter: { conjunction: 'and', filterSet: [{ fieldId: field.id, operator: operatorsOf(field).find(o => o.name === 'isNotEmpty')?.name ?? 'isNotEmpty' }] } }
    }
    default: return { kind, table: table.id }
  }
}

/** An action about the trigger's record where that makes sense. */
export function actionOf(kind: ActionKind, id: string, trigger: Trigger, tables: readonly Table[]): Action {
  const table = tables.find(x => x.id === trigger.table) ?? tables[0]
  const record = trigger.table ? '{{trigger.record.id}}' : ''
  switch (kind) {
    case 'createRecord': return { id, kind, table: table?.id, fields: {} }
    case 'updateRecord': return { id, kind, table: table?.id, record, fields: {} }
    case 'deleteRecord': return { id, kind, table: table?.id, record }
    case 'linkRecords': {
      const linking = [table, ...tables].find(x => x?.fields.some(isLink)) ?? table
      return { id, kind, table: linking?.id, record: linking === table ? record : '', field: linking?.fields.find(isLink)?.id, records: '', mode: 'add' }
    }
    case 'findRecords': return { id, kind, table: table?.id }
    case 'sendEmail': return { id, kind, to: '', subject: '', body: '' }
    case 'notify': return { id, kind, people: [], text: '' }
    case 'sendSlackMessage': return { id, kind, url: '', text: '' }
    case 'callHttp': return { id, kind, url: '', method: 'GET' }
    case 'runScript': return { id, kind, code: 'return input', input: {} }
    case 'branch': return { id, kind, ...(trigger.table ? { filter: { conjunction: 'and', filterSet: [] } } : { when: [{ value: '', operator: 'isNotEmpty' }] }), then: [], else: [] }
    case 'loop': return { id, kind, items: '', do: [] }
    case 'delay': return { id, kind, seconds: 3600 }
  }
}

export const newDefinition = (name: string, tables: readonly Table[]): Definition => ({ name, trigger: triggerOf('recordCreated', tables), conditions: null, actions: [], maxRunsPerHour: 1000, retries: 3, secrets: {} })
