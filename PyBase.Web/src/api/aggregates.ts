import type { AggregateAnswer, AggregateBy, AggregateGroup } from './generated'
import { post } from './http'
import type { ConditionGroup, Order } from './views'

export type GroupOfRows = AggregateGroup
export type Aggregates = AggregateAnswer

export interface AggregateAsk { filter?: ConditionGroup; search?: string; groups: readonly Order[]; aggregates?: AggregateBy[] }

export const aggregate = (base: string, table: string, ask: AggregateAsk) =>
  post<Aggregates>(`/api/bases/${base}/tables/${table}/aggregate`, { ...ask, search: ask.search?.trim() || undefined, groups: ask.groups.map(({ field, direction }) => ({ field, direction })) })
