import type { Field } from '../api/types'
import { shownAs } from '../fields/shownAs'
import { texts } from '../texts'

/** What is asked for beside an operator. */
export type Operand = 'none' | 'text' | 'number' | 'numbers' | 'flag' | 'choice' | 'choices' | 'date' | 'person' | 'people' | 'fileType'
export interface Operator { name: string; label: string; operand: Operand }

const t = texts.filters.operators
const op = (name: keyof typeof t, operand: Operand): Operator => ({ name: names[name] ?? name, label: t[name], operand })
/** Where the word on the wire is no identifier. */
const names: Record<string, string> = { equals: '=', differs: '!=', less: '<', lessOrEqual: '<=', greater: '>', greaterOrEqual: '>=' }

const empty = [op('isEmpty', 'none'), op('isNotEmpty', 'none')]
const ofText = [op('contains', 'text'), op('doesNotContain', 'text'), op('is', 'text'), op('isNot', 'text'), op('startsWith', 'text'), op('endsWith', 'text'), ...empty]
const ofNumbers = [op('equals', 'number'), op('differs', 'number'), op('less', 'number'), op('lessOrEqual', 'number'), op('greater', 'number'), op('greaterOrEqual', 'number'), op('isBetween', 'numbers'), ...empty]
const ofQuantities = [op('equals', 'text'), op('differs', 'text'), op('less', 'text'), op('lessOrEqual', 'text'), op('greater', 'text'), op('greaterOrEqual', 'text'), ...empty]
const ofDates = [op('isWithin', 'date'), op('is', 'date'), op('isBefore', 'date'), op('isAfter', 'date'), op('isOnOrBefore', 'date'), op('isOnOrAfter', 'date'), ...empty]

/** The conditions that make sense of a field, as the server answers them (docs/queries.md). */
export function operatorsOf(field: Field): Operator[] {
  switch (shownAs(field).type) {
    case 'number': case 'currency': case 'percent': case 'duration': case 'rating':
      return ofNumbers
    case 'quantity':
      return ofQuantities
    case 'checkbox':
      return [op('is', 'flag')]
    case 'date': case 'dateTime':
      return ofDates
    case 'singleSelect': case 'status':
      return [op('isAnyOf', 'choices'), op('is', 'choice'), op('isNot', 'choice'), op('isNoneOf', 'choices'), ...empty]
    case 'multipleSelects':
      return [op('hasAnyOf', 'choices'), op('hasAllOf', 'choices'), op('isExactly', 'choices'), op('hasNoneOf', 'choices'), ...empty]
    case 'singleCollaborator':
      return [op('is', 'person'), op('isNot', 'person'), op('isAnyOf', 'people'), ...empty]
    case 'multipleCollaborators':
      return [op('hasAnyOf', 'people'), op('hasAllOf', 'people'), op('hasNoneOf', 'people'), ...empty]
    case 'multipleRecordLinks':
      return [op('contains', 'text'), op('doesNotContain', 'text'), ...empty]
    case 'multipleAttachments':
      return [op('filename', 'text'), op('filetype', 'fileType'), ...empty]
    case 'button': case 'aiText':
      return empty
    default:
      return ofText
  }
}

/** What stands there when an operator is chosen; conditions that are not complete yet are not asked. */
export function emptyOperand(operand: Operand): unknown {
  switch (operand) {
    case 'flag': return true
    case 'choices': case 'people': return []
    case 'numbers': return [0, 1]
    case 'date': return { mode: 'today' }
    case 'fileType': return 'image'
    default: return undefined
  }
}

export function isComplete(operand: Operand, value: unknown): boolean {
  if (operand === 'none') return true
  if (Array.isArray(value)) return value.length > 0 && value.every(v => v !== undefined && v !== '')
  if (typeof value === 'object' && value !== null) return !('exactDate' in value) || Boolean((value as { exactDate?: string }).exactDate)
  return value !== undefined && value !== null && value !== ''
}
