import { GridCellKind, type CustomCell, type CustomRenderer, type ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { useState } from 'react'
import type { Person } from '../../api/types'
import { usePeople } from '../../bases/usePeople'
import { ChoiceList, type Movement } from './ChoiceList'
import { chipsWidth, drawChips } from './chips'
import { EditorKeys } from './EditorKeys'
import { useGridPlace } from '../GridPlace'

/** One person or several. One that was pasted is known by the address alone. */
export type PeopleCell = CustomCell<{ kind: 'people'; people: readonly Person[]; many: boolean }>

const nameOf = (person: Person) => person.name || person.email
const withPeople = (cell: PeopleCell, people: readonly Person[]): PeopleCell => ({ ...cell, copyData: people.map(nameOf).join(', '), data: { ...cell.data, people } })

const PeopleEditor: ProvideEditorComponent<PeopleCell> = ({ value, initialValue, onChange, onFinishedEditing }) => {
  const { base } = useGridPlace()
  const [query, setQuery] = useState(initialValue ?? '')
  const { people, many } = value.data
  const everybody = usePeople(base).data ?? []
  const wanted = query.trim().toLowerCase()
  const found = everybody.filter(p => `${p.name} ${p.email}`.toLowerCase().includes(wanted))
  const take = (id: string, movement?: Movement) => {
    const chosen = everybody.find(p => p.id === id)
    if (!chosen) return
    const others = people.filter(p => p.id !== id)
    const after = withPeople(value, others.length < people.length ? others : many ? [...people, chosen] : [chosen])
    if (many && !movement) onChange(after)
    else onFinishedEditing(after, movement ?? [0, 1])
    setQuery('')
  }
  return (
    <EditorKeys value={value} onFinishedEditing={onFinishedEditing}>
      <ChoiceList query={query} onQuery={setQuery} onTake={take} onDone={movement => onFinishedEditing(value, movement)}
        options={found.map(p => ({ key: p.id, chosen: people.some(x => x.id === p.id), content: <span title={p.email}>{nameOf(p)}</span> }))} />
    </EditorKeys>
  )
}

export const peopleCell: CustomRenderer<PeopleCell> = {
  kind: GridCellKind.Custom,
  isMatch: (cell): cell is PeopleCell => (cell.data as { kind?: string }).kind === 'people',
  draw: (args, cell) => drawChips(args, cell.data.people.map(nameOf), 11, args.theme.bgHeaderHasFocus, args.theme.textDark),
  measure: (ctx, cell, theme) => chipsWidth(ctx, cell.data.people.map(nameOf), theme),
  provideEditor: cell => (cell.readonly ? undefined : { editor: PeopleEditor, disablePadding: true, styleOverride: { minWidth: 240 } }),
  onPaste: (text, data) => {
    const emails = text.split(/[,;]/).map(t => t.trim()).filter(t => t.includes('@'))
    return text.trim() !== '' && emails.length === 0 ? undefined : { ...data, people: emails.slice(0, data.many ? undefined : 1).map(email => ({ id: '', email, name: '' })) }
  },
  onDelete: cell => withPeople(cell, []),
}
