import type { ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { useComputedColorScheme } from '@mantine/core'
import { useState } from 'react'
import { texts } from '../../texts'
import { choicePaint } from '../choiceColours'
import { ChoiceList, type Movement } from './ChoiceList'
import type { SelectCell } from './SelectCell'
import { EditorKeys } from './EditorKeys'
import classes from './SelectEditor.module.css'

/** A name that is not there yet becomes a new choice. */
export const SelectEditor: ProvideEditorComponent<SelectCell> = ({ value, initialValue, onFinishedEditing }) => {
  const dark = useComputedColorScheme('light') === 'dark'
  const [query, setQuery] = useState(initialValue ?? '')
  const wanted = query.trim()
  const found = value.data.choices.filter(c => c.name.toLowerCase().includes(wanted.toLowerCase()))
  const isNew = wanted !== '' && !value.data.choices.some(c => c.name.toLowerCase() === wanted.toLowerCase())
  const take = (name: string, movement: Movement = [0, 1]) => onFinishedEditing({ ...value, copyData: name, data: { ...value.data, name } }, movement)
  return (
    <EditorKeys value={value} onFinishedEditing={onFinishedEditing}>
      <ChoiceList query={query} onQuery={setQuery} onTake={take} onDone={movement => onFinishedEditing(undefined, movement)} placeholder={value.data.name || texts.grid.search}
        options={[
          ...found.map(c => {
            const paint = choicePaint(c.color, dark)
            return { key: c.name, chosen: c.name === value.data.name, content: <span className={classes.pill} style={{ background: paint.back, color: paint.ink }}>{c.name}</span> }
          }),
          ...(isNew ? [{ key: wanted, content: <span className={classes.plain}>{texts.grid.newChoice(wanted)}</span> }] : []),
          ...(!wanted && value.data.name ? [{ key: '', content: <span className={classes.plain}>{texts.grid.clearChoice}</span> }] : []),
        ]} />
    </EditorKeys>
  )
}
