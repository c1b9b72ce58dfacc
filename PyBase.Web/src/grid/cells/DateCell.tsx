import { GridCellKind, type CustomCell, type CustomRenderer, type ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { momentInput, momentOf, readDate, showDate, showMoment } from '../../fields/dates'
import { getMiddleCenterBias } from './drawing'
import { EditorKeys } from './EditorKeys'
import classes from './DateCell.module.css'

/** A day, or with `hasTime` a moment shown in `zone` (absent: the reader's own). */
export type DateCell = CustomCell<{ kind: 'date'; value: string; hasTime: boolean; zone: string | undefined }>

const shownDate = (data: DateCell['data'], value = data.value) => (data.hasTime ? showMoment(value, data.zone) : showDate(value))
const withDate = (cell: DateCell, value: string): DateCell => ({ ...cell, copyData: shownDate(cell.data, value), data: { ...cell.data, value } })

const DateEditor: ProvideEditorComponent<DateCell> = ({ value, onChange, onFinishedEditing }) => {
  const { hasTime, zone } = value.data
  return (
    <EditorKeys value={value} onFinishedEditing={onFinishedEditing}>
      <input
        type={hasTime ? 'datetime-local' : 'date'}
        className={classes.input}
        value={hasTime ? momentInput(value.data.value, zone) : value.data.value.slice(0, 10)}
        max={hasTime ? '9999-12-31T23:59' : '9999-12-31'}
        onChange={e => onChange(withDate(value, hasTime ? (momentOf(e.currentTarget.value, zone) ?? '') : e.currentTarget.value))}
      />
    </EditorKeys>
  )
}

export const dateCell: CustomRenderer<DateCell> = {
  kind: GridCellKind.Custom,
  isMatch: (cell): cell is DateCell => (cell.data as { kind?: string }).kind === 'date',
  draw: ({ ctx, theme, rect }, cell) => {
    ctx.fillStyle = theme.textDark
    ctx.fillText(shownDate(cell.data), rect.x + theme.cellHorizontalPadding, rect.y + rect.height / 2 + getMiddleCenterBias(ctx, theme))
  },
  measure: (ctx, cell, theme) => ctx.measureText(shownDate(cell.data)).width + theme.cellHorizontalPadding * 2,
  provideEditor: cell => (cell.readonly ? undefined : { editor: DateEditor, disablePadding: true }),
  onPaste: (text, data) => {
    if (text.trim() === '') return { ...data, value: '' }
    if (data.hasTime) {
      const moment = Date.parse(text.trim())
      return Number.isNaN(moment) ? undefined : { ...data, value: new Date(moment).toISOString() }
    }
    const day = readDate(text)
    return day === null ? undefined : { ...data, value: day }
  },
  onDelete: cell => withDate(cell, ''),
}
