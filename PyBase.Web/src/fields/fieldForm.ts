import type { Choice, Field, FieldOptions, NewField, Table } from '../api/types'
import { colourOfNewChoice } from '../grid/choiceColours'
import { isNotation } from '../grid/engineering'

/** What the dialog asks; each type takes from it what it needs. */
export interface FieldForm {
  name: string
  description: string
  type: string
  /** Choices as lines of text, for a new field. */
  choices: string
  /** Choices of a field that has some: they can be renamed, recoloured and taken away. */
  known: Choice[]
  options: FieldOptions
}

export const emptyForm: FieldForm = { name: '', description: '', type: 'singleLineText', choices: '', known: [], options: {} }

export const formOf = (field: Field): FieldForm =>
  ({ ...emptyForm, name: field.name, description: field.description ?? '', type: field.type, known: field.options?.choices ?? [], options: field.options ?? {} })

/** The options each type must have on the wire, and no others. */
export function optionsOf({ type, choices, known, options }: FieldForm): FieldOptions | undefined {
  const take = (...names: string[]) => Object.fromEntries(names.filter(n => options[n] !== undefined && options[n] !== '').map(n => [n, options[n]])) as FieldOptions
  switch (type) {
    case 'number': case 'percent':
      return { precision: options.precision ?? 0 }
    case 'currency':
      return { precision: options.precision ?? 2, symbol: options.symbol ?? '€' }
    case 'duration':
      return { durationFormat: options.durationFormat ?? 'h:mm' }
    case 'rating':
      return { icon: 'star', color: 'yellowBright', max: options.max ?? 5 }
    case 'checkbox':
      return { icon: 'check', color: 'greenBright' }
    case 'date':
      return { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } }
    case 'dateTime':
      return { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' }, timeFormat: { name: '24hour', format: 'HH:mm' }, timeZone: options.timeZone ?? 'client' }
    case 'singleSelect': case 'multipleSelects': {
      const names = [...new Set(choices.split(/[\n,]/).map(s => s.trim()).filter(Boolean))].filter(n => !known.some(k => k.name === n))
      return { choices: [...known, ...names.map((name, n) => ({ name, color: colourOfNewChoice(known.length + n) }))] as FieldOptions['choices'] }
    }
    case 'multipleRecordLinks':
      return take('linkedTableId', 'prefersSingleRecordLink')
    case 'multipleLookupValues':
      return take('recordLinkFieldId', 'fieldIdInLinkedTable', 'filterByFormula')
    case 'rollup':
      return { ...take('recordLinkFieldId', 'fieldIdInLinkedTable', 'filterByFormula'), formula: options.formula ?? 'SUM(values)' }
    case 'count':
      return take('recordLinkFieldId', 'filterByFormula')
    case 'recursiveRollup':
      return { ...take('recordLinkFieldId', 'fieldIdInLinkedTable', 'quantityFieldId'), aggregation: options.aggregation ?? 'sum' }
    case 'formula':
      return take('formula')
    case 'button':
      return take('label', 'url')
    default:
      // A notation has many options, of which the dialog asks the first: the others stay as they are.
      return isNotation(type) && Object.keys(options).length ? options : undefined
  }
}

const throughLink = ['multipleLookupValues', 'rollup', 'count', 'recursiveRollup']

/** What a type most likely means in this table: a link to one that is not linked yet, a rollup of the first number behind the newest link. */
export function likely(type: string, table: Table, tables: readonly Table[]): FieldOptions {
  const links = table.fields.filter(f => f.type === 'multipleRecordLinks')
  if (type === 'multipleRecordLinks') {
    const others = tables.filter(x => x.id !== table.id)
    return { linkedTableId: (others.find(x => !links.some(f => f.options?.linkedTableId === x.id)) ?? others[0] ?? table).id }
  }
  if (!throughLink.includes(type)) return {}
  const link = links.findLast(f => type !== 'recursiveRollup' || f.options?.linkedTableId === table.id)
  const far = tables.find(x => x.id === link?.options?.linkedTableId)
  const field = far?.fields.find(f => (type === 'multipleLookupValues' ? f.id !== far.primaryFieldId && f.type !== 'multipleRecordLinks' : ['number', 'currency', 'duration'].includes(f.type))) ?? far?.fields[0]
  return link ? { recordLinkFieldId: link.id, ...(type !== 'count' && field && { fieldIdInLinkedTable: field.id }) } : {}
}

/** What a field is called when nobody says: after what it links to, or shows. */
export function likelyName({ type, options }: FieldForm, table: Table, tables: readonly Table[]): string {
  const link = table.fields.find(f => f.id === options.recordLinkFieldId)
  const far = tables.flatMap(x => x.fields).find(f => f.id === options.fieldIdInLinkedTable)
  const name = type === 'multipleRecordLinks' ? (tables.find(x => x.id === options.linkedTableId)?.name ?? '') : !throughLink.includes(type) || !link ? '' : far ? `${far.name} (${link.name})` : `# ${link.name}`
  let free = name
  for (let n = 2; name && table.fields.some(f => f.name === free); n++) free = `${name} ${n}`
  return free
}

export function newField(form: FieldForm, otherwise = ''): NewField {
  const options = optionsOf(form)
  return { name: form.name.trim() || otherwise, type: form.type, ...(form.description.trim() && { description: form.description.trim() }), ...(options && { options }) }
}

/** What still has to be chosen before the field can be made; `null` when nothing. */
export function missing(form: FieldForm, tables: readonly Table[], otherwise = ''): 'name' | 'link' | 'field' | 'formula' | null {
  const { recordLinkFieldId, fieldIdInLinkedTable, linkedTableId, formula } = form.options
  if (!form.name.trim() && !otherwise) return 'name'
  if (form.type === 'multipleRecordLinks' && !tables.some(t => t.id === linkedTableId)) return 'link'
  if (throughLink.includes(form.type) && !recordLinkFieldId) return 'link'
  if (['multipleLookupValues', 'rollup', 'recursiveRollup'].includes(form.type) && !fieldIdInLinkedTable) return 'field'
  if (form.type === 'formula' && !String(formula ?? '').trim()) return 'formula'
  return null
}
