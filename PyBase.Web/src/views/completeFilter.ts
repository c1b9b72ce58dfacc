import type { Table } from '../api/types'
import type { Condition, ConditionGroup } from '../api/views'
import { isComplete, operatorsOf } from './operators'

/** The conditions that can be asked by now: one that somebody is still filling in would hide every row. */
export function completeFilter(group: ConditionGroup | undefined, table: Table): ConditionGroup | undefined {
  if (!group) return undefined
  const filterSet = group.filterSet.flatMap((part): (Condition | ConditionGroup)[] => {
    if ('filterSet' in part) {
      const inner = completeFilter(part, table)
      return inner ? [inner] : []
    }
    const field = table.fields.find(f => f.id === part.fieldId)
    const operator = field && operatorsOf(field).find(o => o.name === part.operator)
    return operator ? (isComplete(operator.operand, part.value) ? [part] : []) : field ? [part] : []
  })
  return filterSet.length ? { conjunction: group.conjunction, filterSet } : undefined
}
