import { GridCellKind, type CustomCell, type CustomRenderer, type ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { useComputedColorScheme } from '@mantine/core'
import { useState } from 'react'
import type { Choice } from '../../api/types'
import { texts } from '../../texts'
import { choicePaint } from '../choiceColours'
import { ChoiceList, type Movement } from './ChoiceList'
import { getMiddleCenterBias } from './drawing'
import { EditorKeys } from './EditorKeys'
import { drawPill, PILL, pillWidth } from './pill'
import classes from './SelectEditor.module.css'

/** Several choices. */
export type TagsCell = CustomCell<{ kind: 'tags'; names: readonly string[]; choices: readonly Choice[] }>

const withTags = (cell: TagsCell, names: readonly string[]): TagsCell => ({ ...cell, copyData: names.join(', '), data: { ...cell.data, names } })

const TagsEditor: ProvideEditorComponent<TagsCell> = ({ value, initialValue, onChange, onFinishedEditing }) => {
  const dark = useComputedColorScheme('light') === 'dark'
  const [query, setQuery] = useState(initialValue ?? '')
  const { names, choices } = value.data
  const known = [...choices.map(c => c.name), ...names.filter(n => !choices.some(c => c.name === n))]
  const wanted = query.trim()
  const found = known.filter(n => n.toLowerCase().includes(wanted.toLowerCase()))
  const isNew = wanted !== '' && !known.some(n => n.toLowerCase() === wanted.toLowerCase())
  const toggle = (name: string, movement?: Movement) => {
    const after = withTags(value, names.includes(name) ? names.filter(n => n !== name) : [...names, name])
    if (movement) return onFinishedEditing(after, movement)
    onChange(after)
    setQuery('')
  }
  return (
    <EditorKeys value={value} onFinishedEditing={onFinishedEditing}>
      <ChoiceList query={query} onQuery={setQuery} onTake={toggle} onDone={movement => onFinishedEditing(value, movement)}
        options={[
          ...found.map(name => {
            const paint = choicePaint(choices.find(c => c.name === name)?.color, dark)
            return { key: name, chosen: names.includes(name), content: <span className={classes.pill} style={{ background: paint.back, color: paint.ink }}>{name}</span> }
          }),
          ...(isNew ? [{ key: wanted, content: <span className={classes.plain}>{texts.grid.newChoice(wanted)}</span> }] : []),
        ]} />
    </EditorKeys>
  )
}

export const tagsCell = (dark: boolean): CustomRenderer<TagsCell> => ({
  kind: GridCellKind.Custom,
  isMatch: (cell): cell is TagsCell => (cell.data as { kind?: string }).kind === 'tags',
  draw: ({ ctx, theme, rect }, cell) => {
    let x = rect.x + theme.cellHorizontalPadding - 2
    const bias = getMiddleCenterBias(ctx, theme)
    for (const name of cell.data.names) {
      if (x > rect.x + rect.width) break
      const paint = choicePaint(cell.data.choices.find(c => c.name === name)?.color, dark)
      const width = pillWidth(ctx, name, theme)
      drawPill(ctx, name, x, rect.y + rect.height / 2, width, PILL.height / 2, paint.back, paint.ink, bias)
      x += width + PILL.gap
    }
  },
  measure: (ctx, cell, theme) => cell.data.names.reduce((sum, name) => sum + pillWidth(ctx, name, theme) + PILL.gap, theme.cellHorizontalPadding * 2),
  provideEditor: cell => (cell.readonly ? undefined : { editor: TagsEditor, disablePadding: true, styleOverride: { minWidth: 220 } }),
  onPaste: (text, data) => ({ ...data, names: [...new Set(text.split(',').map(t => t.trim()).filter(Boolean))] }),
  onDelete: cell => withTags(cell, []),
})
