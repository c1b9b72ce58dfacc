import type { Action, Trigger } from '../api/automations'
import type { Field, Table } from '../api/types'
import { pageTexts } from '../pageTexts'

const t = pageTexts.automations.places

/** A value that an action can use, and where it stands. */
export interface Place { path: string; label: string; group: string }

/** What an action finds: what began the run, what earlier actions gave, the item of the loop around it. */
export interface Scope { tables: readonly Table[]; trigger: Trigger; before: readonly Action[]; loop?: Action; secrets: readonly string[] }

/** `.Name`, or in brackets where the name has letters that mean something. */
const step = (name: string) => (/^[^.[\]{}"\s][^.[\]{}"]*$/.test(name) && name.trim() === name ? `.${name}` : `["${name}"]`)

export function placesOf(scope: Scope): Place[] {
  const { trigger, before, loop, tables } = scope
  const places: Place[] = []
  const add = (group: string, path: string, label: string) => places.push({ path, label, group })
  const record = (group: string, from: string, table: Table | undefined) => {
    table?.fields.forEach(field => fieldPlaces(field).forEach(([rest, label]) => add(group, `${from}.fields${step(field.name)}${rest}`, label)))
    add(group, `${from}.id`, t.recordId)
  }
  const find = (id: unknown) => tables.find(table => table.id === id)
  if (loop) {
    const source = itemsOf(loop, before)
    if (source) record(t.item, 'item', find(source.table))
    add(t.item, 'item', t.whole)
    add(t.item, 'index', t.index)
  }
  if (trigger.table) record(t.record, 'trigger.record', find(trigger.table))
  if (trigger.kind === 'webhookReceived') add(t.trigger, 'trigger.body', t.body)
  if (trigger.kind === 'buttonClicked') add(t.trigger, 'trigger.by.email', t.pressedBy)
  if (trigger.kind === 'schedule') add(t.trigger, 'trigger.scheduledTime', t.scheduled)
  if (trigger.kind === 'dateReached') add(t.trigger, 'trigger.moment', t.moment)
  if (trigger.kind === 'extractionFinished') for (const [path, label] of [['file.name', t.file], ['confidence', t.confidence], ['tables[0].name', t.madeTable], ['job', t.job]] as const) add(t.trigger, `trigger.${path}`, label)
  for (const action of before) {
    const group = t.step(pageTexts.automations.actions[action.kind].name, action.id)
    const from = `steps.${action.id}`
    switch (action.kind) {
      case 'createRecord': case 'updateRecord': case 'linkRecords':
        record(group, from, find(action.table))
        break
      case 'findRecords':
        add(group, `${from}.records`, t.found)
        add(group, `${from}.count`, t.count)
        record(group, `${from}.records[0]`, find(action.table))
        break
      case 'callHttp':
        add(group, `${from}.status`, t.status)
        add(group, `${from}.body`, t.answer)
        Object.keys((action.response as Record<string, string> | undefined) ?? {}).forEach(name => add(group, `${from}${step(name)}`, name))
        break
      case 'runScript':
        add(group, `${from}.result`, t.result)
        break
      case 'loop':
        add(group, `${from}.count`, t.count)
        break
    }
  }
  scope.secrets.forEach(name => add(t.secrets, `secrets${step(name)}`, name))
  add(t.run, 'now', t.now)
  add(t.run, 'automation.name', t.name)
  return places
}

function fieldPlaces(field: Field): [string, string][] {
  if (field.type === 'singleCollaborator' || field.type === 'createdBy' || field.type === 'lastModifiedBy') return [['', field.name], ['.email', t.emailOf(field.name)], ['.name', t.nameOf(field.name)]]
  return [['', field.name]]
}

/** Which search a loop goes through, if it is one. */
const itemsOf = (loop: Action, before: readonly Action[]) => before.find(action => action.kind === 'findRecords' && loop.items === `{{steps.${action.id}.records}}`)

/** Actions in a branch count for what comes after it: where it was not taken they are empty. */
export const flattened = (actions: readonly Action[]): Action[] => actions.flatMap(action => [action, ...(action.kind === 'branch' ? flattened([...(action.then ?? []), ...(action.else ?? [])]) : [])])

/** A name that no action has yet. */
export function newId(kind: string, actions: readonly Action[]): string {
  const taken = new Set<string>()
  const walk = (list: readonly Action[] = []) => list.forEach(action => { taken.add(action.id); [action.then, action.else, action.do].forEach(inner => walk(inner)) })
  walk(actions)
  const stem = kind.replace(/[A-Z].*/, '')
  let id = stem
  for (let n = 2; taken.has(id); n++) id = `${stem}${n}`
  return id
}
