import type { AutomationBody, AutomationRun as Run, RunStep } from './generated'
import { get, patch, post, remove } from './http'
import type { ConditionGroup } from './views'

export const triggerKinds = ['recordCreated', 'recordUpdated', 'recordMatches', 'fieldChanged', 'recordDeleted', 'formSubmitted', 'buttonClicked', 'dateReached', 'schedule', 'extractionFinished', 'webhookReceived'] as const
export const actionKinds = ['createRecord', 'updateRecord', 'deleteRecord', 'linkRecords', 'findRecords', 'sendEmail', 'notify', 'sendSlackMessage', 'callHttp', 'runScript', 'branch', 'loop', 'delay'] as const
export type TriggerKind = (typeof triggerKinds)[number]
export type ActionKind = (typeof actionKinds)[number]

export interface Trigger { kind: TriggerKind; table?: string; view?: string; field?: string; fields?: string[]; filter?: ConditionGroup; from?: unknown; to?: unknown; cron?: string; timeZone?: string; offsetMinutes?: number; below?: number }
export interface Action { id: string; kind: ActionKind; continueOnError?: boolean; then?: Action[]; else?: Action[]; do?: Action[]; [setting: string]: unknown }
export interface ValueCondition { value: unknown; operator: string; to?: unknown }

/** What somebody puts together; the rest of an automation the server keeps. */
export interface Definition { name: string; trigger: Trigger; conditions: ConditionGroup | null; actions: Action[]; maxRunsPerHour: number; retries: number; secrets: Record<string, string | null> }
export type Automation = Omit<AutomationBody, 'trigger' | 'conditions' | 'actions'> & { trigger: Trigger; conditions?: ConditionGroup | null; actions: Action[] }
export type { Run, RunStep }

const path = (base: string, rest = '') => `/api/bases/${base}/automations${rest}`
export const listAutomations = async (base: string, signal?: AbortSignal) => (await get<{ automations: Automation[] }>(path(base), signal)).automations
export const createAutomation = (base: string, wanted: Definition) => post<Automation>(path(base), wanted)
export const changeAutomation = (base: string, id: string, change: Partial<Definition> & { enabled?: boolean }) => patch<Automation>(path(base, `/${id}`), change)
export const removeAutomation = (base: string, id: string) => remove<unknown>(path(base, `/${id}`))
/** The address is told this once. */
export const newHook = async (base: string, id: string) => (await post<{ url: string }>(path(base, `/${id}/hook`))).url

export const listRuns = (base: string, id: string, cursor: string | null, signal?: AbortSignal) => get<{ runs: Run[]; cursor?: string | null }>(path(base, `/${id}/runs${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`), signal)
export const readRun = (base: string, id: string, run: string, signal?: AbortSignal) => get<Run>(path(base, `/${id}/runs/${run}`), signal)
export const beginRun = async (base: string, id: string, what: { record?: string; body?: unknown; test: boolean }) => (await post<{ run: string }>(path(base, `/${id}/runs`), what)).run
export const retryRun = (base: string, id: string, run: string) => post<unknown>(path(base, `/${id}/runs/${run}/retry`))

/** What a button of a record begins. */
export const pressButton = async (base: string, table: string, record: string, field: string) => (await post<{ runs: string[] }>(`/api/bases/${base}/tables/${table}/records/${record}/press/${field}`)).runs
