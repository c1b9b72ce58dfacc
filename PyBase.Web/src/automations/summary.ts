import type { Action, Trigger } from '../api/automations'
import type { Table } from '../api/types'
import { pageTexts } from '../pageTexts'
import { readCron } from './cron'
import { shownTemplate } from './TemplateText'

const t = pageTexts.automations

/** An action in a few words. */
export function summaryOf(action: Action, tables: readonly Table[]): string {
  const table = tables.find(x => x.id === action.table)?.name ?? ''
  const say = (setting: string) => shownTemplate(action[setting])
  switch (action.kind) {
    case 'createRecord': case 'updateRecord': case 'deleteRecord': case 'findRecords': case 'linkRecords': return t.inTable(table)
    case 'sendEmail': return say('subject') || t.toWhom(say('to'))
    case 'notify': case 'sendSlackMessage': return say('text')
    case 'callHttp': return `${say('method') || 'GET'} ${say('url')}`
    case 'runScript': return say('code').split('\n')[0] ?? ''
    case 'delay': return action.until !== undefined ? t.untilMoment(say('until')) : t.seconds(Number(action.seconds ?? 0))
    case 'branch': return action.when !== undefined ? t.byValues : t.byRecord
    case 'loop': return t.overItems(say('items'))
  }
}

/** When it begins, in a few words. */
export function whenOf(trigger: Trigger, tables: readonly Table[]): string {
  const table = tables.find(x => x.id === trigger.table)
  const field = table?.fields.find(f => f.id === trigger.field)?.name
  if (trigger.kind === 'schedule') {
    const plan = readCron(trigger.cron ?? '')
    return plan ? `${t.plans[plan.every]}${'time' in plan ? ` ${t.at.toLowerCase()} ${plan.time}` : ''}` : `${trigger.cron}`
  }
  if (trigger.kind === 'extractionFinished') return t.lessSure(Math.round((trigger.below ?? 1) * 100))
  return [field, table && t.inTable(table.name)].filter(Boolean).join(' ')
}
