import type { ConditionGroup, Order } from '../api/views'

/** Which rows, and in which order. */
export interface RowQuery {
  readonly filter?: ConditionGroup
  readonly order: readonly Order[]
  readonly search: string
}

export const everything: RowQuery = { order: [], search: '' }

export const sameQuery = (a: RowQuery, b: RowQuery) => JSON.stringify(a) === JSON.stringify(b)

/** The parameters as a list request takes them. */
export function queryParameters(query: RowQuery): URLSearchParams {
  const parameters = new URLSearchParams()
  if (query.filter?.filterSet.length) parameters.set('filter', JSON.stringify(query.filter))
  query.order.forEach(({ field, direction }, n) => {
    parameters.set(`sort[${n}][field]`, field)
    if (direction === 'desc') parameters.set(`sort[${n}][direction]`, direction)
  })
  if (query.search.trim()) parameters.set('search', query.search.trim())
  return parameters
}

/** Fields whose cells decide which rows are shown and where. */
export function fieldsBehind(query: RowQuery): ReadonlySet<string> {
  const found = new Set(query.order.map(o => o.field))
  const visit = (group: ConditionGroup) => {
    for (const part of group.filterSet)
      if ('filterSet' in part) visit(part)
      else found.add(part.fieldId)
  }
  if (query.filter) visit(query.filter)
  return found
}

/** New rows belong at the end, and nothing moves. */
export const isPlain = (query: RowQuery) => !query.filter?.filterSet.length && query.order.length === 0 && !query.search.trim()
