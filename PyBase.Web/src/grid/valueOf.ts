import { GridCellKind, type EditableGridCell } from '@glideapps/glide-data-grid'
import type { CellValue, Field } from '../api/types'
import { shownAs } from '../fields/shownAs'
import type { DateCell } from './cells/DateCell'
import type { LinksCell } from './cells/LinksCell'
import type { NumberCell } from './cells/NumberCell'
import type { PeopleCell } from './cells/PeopleCell'
import type { SelectCell } from './cells/SelectCell'
import type { TagsCell } from './cells/TagsCell'

type Data = SelectCell['data'] | DateCell['data'] | NumberCell['data'] | TagsCell['data'] | PeopleCell['data'] | LinksCell['data']

/** Which cells a type of field is edited in. */
const cells: Record<string, Data['kind']> = {
  number: 'number', currency: 'number', percent: 'number', duration: 'number', rating: 'number', singleSelect: 'select', status: 'select', multipleSelects: 'tags',
  date: 'date', dateTime: 'date', singleCollaborator: 'people', multipleCollaborators: 'people', multipleRecordLinks: 'links',
}

/** What the grid gives back after an edit → the value on the wire; `null` empties the cell, `undefined` changes nothing. */
export function valueOf(field: Field, cell: EditableGridCell): CellValue {
  switch (cell.kind) {
    case GridCellKind.Text:
      return cell.data === '' ? null : cell.data
    case GridCellKind.Boolean:
      return cell.data === true ? true : null
    case GridCellKind.Custom: {
      const data = cell.data as Data
      return cells[shownAs(field).type] === data.kind ? customValue(data) : undefined
    }
    default:
      return undefined
  }
}

function customValue(data: Data): CellValue {
  switch (data.kind) {
    case 'number':
      return data.value ?? null
    case 'select':
      return data.name || null
    case 'date':
      return data.value || null
    case 'tags':
      return data.names.length ? [...data.names] : null
    case 'people':
      return data.people.length === 0 ? null : data.many ? data.people.map(reference) : reference(data.people[0]!)
    case 'links':
      // What was pasted is known by its name; the server finds it.
      return data.records.length ? data.records.map(r => r.id || r.name) : null
  }
}

const reference = (person: { id: string; email: string; name: string }) => (person.id ? { id: person.id, email: person.email, name: person.name } : { email: person.email })

export const sameValue = (a: CellValue, b: CellValue) => written(a) === written(b) || JSON.stringify(written(a)) === JSON.stringify(written(b))

/** A cell in an engineering notation comes as an object and is written as its text. */
const written = (value: CellValue) => (typeof value === 'object' && value !== null && 'text' in value && 'key' in value ? value.text : (value ?? null)) as CellValue
