import type { FieldOptions, NewField } from '../api/types'
import { colourOfNewChoice } from '../grid/choiceColours'

export interface FieldForm { name: string; type: string; choices: string; decimals: number; linked: string; unit: string; scheme: string }

/** The options each type must have on the wire. */
export function newField(form: FieldForm): NewField {
  const options = optionsOf(form)
  return { name: form.name.trim(), type: form.type, ...(options && { options }) }
}

function optionsOf(form: FieldForm): FieldOptions | undefined {
  switch (form.type) {
    case 'number':
      return { precision: form.decimals }
    case 'checkbox':
      return { icon: 'check', color: 'greenBright' }
    case 'date':
      return { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } }
    case 'singleSelect': {
      const names = [...new Set(form.choices.split(/[\n,]/).map(s => s.trim()).filter(Boolean))]
      return { choices: names.map((name, n) => ({ name, color: colourOfNewChoice(n) })) as FieldOptions['choices'] }
    }
    case 'quantity':
      return form.unit.trim() ? { unit: form.unit.trim() } : undefined
    case 'revision':
      return { scheme: form.scheme }
    case 'multipleRecordLinks':
      return { linkedTableId: form.linked }
    default:
      return undefined
  }
}
