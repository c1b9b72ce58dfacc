import type { Field, FieldOptions } from '../api/types'
import { isNotation } from '../grid/engineering'

export interface Shown { type: string; options: FieldOptions }

/** What the cells of a field are to the eye: a formula's result counts as a field of its own type; a lookup is a list of what it looks up. */
export function shownAs(field: Pick<Field, 'type' | 'options'>): Shown {
  const { type, options = {} } = field
  if (type === 'formula' || type === 'rollup' || type === 'multipleLookupValues') {
    const result = options.result as { type?: string; options?: FieldOptions } | undefined
    // Eight places are what the API says of a number that nobody gave a format: as many as it has are shown.
    const plain = result?.type === 'number' && result.options?.precision === 8
    return { type: result?.type ?? 'singleLineText', options: plain ? {} : (result?.options ?? {}) }
  }
  if (type === 'createdTime' || type === 'lastModifiedTime') {
    const result = options.result as { options?: FieldOptions } | undefined
    return { type: 'dateTime', options: result?.options ?? options }
  }
  if (type === 'createdBy' || type === 'lastModifiedBy') return { type: 'singleCollaborator', options }
  if (type === 'count' || type === 'autoNumber') return { type: 'number', options: { precision: 0 } }
  if (type === 'recursiveRollup') return { type: 'number', options }
  return { type, options }
}

const computed = new Set(['formula', 'rollup', 'multipleLookupValues', 'count', 'recursiveRollup', 'autoNumber', 'createdTime', 'createdBy', 'lastModifiedTime', 'lastModifiedBy', 'button', 'aiText', 'externalSyncSource'])
export const isComputed = (type: string) => computed.has(type)

const texts = new Set(['singleLineText', 'multilineText', 'richText', 'email', 'url', 'phoneNumber'])
export const isText = (type: string) => texts.has(type)

/** Written as text and read as something more by the server. */
export const isTypedAsText = (type: string) => type === 'time' || type === 'barcode' || isNotation(type)

const numbers = new Set(['number', 'currency', 'percent', 'duration', 'rating'])
export const isNumber = (type: string) => numbers.has(type)
