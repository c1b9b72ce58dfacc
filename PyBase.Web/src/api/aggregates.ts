import { post } from './http'
import type { CellValue } from './types'
import type { ConditionGroup, Order } from './views'

export interface GroupOfRows { value: CellValue; count: number; values?: CellValue[]; groups?: GroupOfRows[] }
export interface Aggregates { count: number; values?: CellValue[]; groups?: GroupOfRows[] }

export interface AggregateAsk { filter?: ConditionGroup; search?: string; groups: readonly Order[]; aggregates?: { field: string; function: string }[] }

export const aggregate = (base: string, table: string, ask: AggregateAsk) =>
  post<Aggregates>(`/api/bases/${base}/tables/${table}/aggregate`, { ...ask, search: ask.search?.trim() || undefined, groups: ask.groups.map(({ field, direction }) => ({ field, direction })) })
