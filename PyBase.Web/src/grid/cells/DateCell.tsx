import { GridCellKind, type CustomCell, type CustomRenderer, type ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { readDate, showDate } from '../dates'
import { getMiddleCenterBias } from './drawing'
import { EditorKeys } from './EditorKeys'
import classes from './DateCell.module.css'

export type DateCell = CustomCell<{ kind: 'date'; day: string; shown: string }>

const withDay = (cell: DateCell, day: string): DateCell =>
  ({ ...cell, copyData: day, data: { kind: 'date', day, shown: showDate(day) } })

const DateEditor: ProvideEditorComponent<DateCell> = ({ value, onChange, onFinishedEditing }) => {
  return (
    <EditorKeys value={value} onFinishedEditing={onFinishedEditing}>
      <input
        type="date"
        className={classes.input}
        value={value.data.day.slice(0, 10)}
        max="9999-12-31"
        onChange={e => onChange(withDay(value, e.currentTarget.value))}
      />
    </EditorKeys>
  )
}

export const dateCell: CustomRenderer<DateCell> = {
  kind: GridCellKind.Custom,
  isMatch: (cell): cell is DateCell => (cell.data as { kind?: string }).kind === 'date',
  draw: ({ ctx, theme, rect }, cell) => {
    ctx.fillStyle = theme.textDark
    ctx.fillText(cell.data.shown, rect.x + theme.cellHorizontalPadding, rect.y + rect.height / 2 + getMiddleCenterBias(ctx, theme))
  },
  measure: (ctx, cell, theme) => ctx.measureText(cell.data.shown).width + theme.cellHorizontalPadding * 2,
  provideEditor: () => ({ editor: DateEditor, disablePadding: true }),
  onPaste: (text, data) => {
    const day = text.trim() === '' ? '' : readDate(text)
    return day === null ? undefined : { ...data, day, shown: showDate(day) }
  },
  onDelete: cell => withDay(cell, ''),
}
