import { GridCellKind, type CustomCell, type CustomRenderer, type ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { useEffect, useRef, useState } from 'react'
import { readNumberOf, showNumber, typedNumber } from '../../fields/numbers'
import type { Shown } from '../../fields/shownAs'
import { getMiddleCenterBias } from './drawing'
import { EditorKeys } from './EditorKeys'
import classes from './NumberEditor.module.css'

/** Numbers of every kind; a rating is drawn as stars. */
export type NumberCell = CustomCell<{ kind: 'number'; value: number | undefined; shown: Shown }>

const withNumber = (cell: NumberCell, value: number | undefined): NumberCell =>
  ({ ...cell, copyData: value === undefined ? '' : showNumber(value, cell.data.shown), data: { ...cell.data, value } })

const NumberEditor: ProvideEditorComponent<NumberCell> = ({ value, initialValue, isHighlighted, onChange, onFinishedEditing }) => {
  const { shown } = value.data
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(initialValue ?? (value.data.value === undefined ? '' : typedNumber(value.data.value, shown)))
  const read = readNumberOf(text, shown)
  const unreadable = text.trim() !== '' && read === undefined
  useEffect(() => {
    if (isHighlighted) input.current?.select()
    if (initialValue !== undefined && readNumberOf(initialValue, shown) !== undefined) onChange(withNumber(value, readNumberOf(initialValue, shown)))
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    // What is not a number leaves the cell as it was.
    <EditorKeys value={unreadable ? undefined : withNumber(value, text.trim() === '' ? undefined : read)} onFinishedEditing={onFinishedEditing}>
      <input ref={input} className={classes.input} inputMode="decimal" autoComplete="off" aria-invalid={unreadable} disabled={value.readonly === true} value={text}
        onChange={e => {
          const typed = e.currentTarget.value
          setText(typed)
          const number = readNumberOf(typed, shown)
          if (typed.trim() === '' || number !== undefined) onChange(withNumber(value, number))
        }} />
    </EditorKeys>
  )
}

export const numberCell: CustomRenderer<NumberCell> = {
  kind: GridCellKind.Custom,
  isMatch: (cell): cell is NumberCell => (cell.data as { kind?: string }).kind === 'number',
  draw: ({ ctx, theme, rect }, cell) => {
    const { value, shown } = cell.data
    if (value === undefined) return
    const middle = rect.y + rect.height / 2 + getMiddleCenterBias(ctx, theme)
    if (shown.type === 'rating') {
      const most = Number(shown.options.max ?? 5)
      ctx.save()
      ctx.font = `15px ${theme.fontFamily}`
      for (let n = 0; n < most; n++) {
        ctx.fillStyle = n < value ? '#e8a317' : theme.borderColor
        ctx.fillText('★', rect.x + theme.cellHorizontalPadding + n * 16, middle)
      }
      ctx.restore()
      return
    }
    ctx.save()
    ctx.fillStyle = theme.textDark
    ctx.textAlign = 'right'
    ctx.fillText(cell.copyData, rect.x + rect.width - theme.cellHorizontalPadding, middle)
    ctx.restore()
  },
  measure: (ctx, cell, theme) => ctx.measureText(cell.copyData).width + theme.cellHorizontalPadding * 2,
  provideEditor: cell => (cell.readonly ? undefined : { editor: NumberEditor, disablePadding: true }),
  onPaste: (text, data) => {
    const value = readNumberOf(text, data.shown)
    return text.trim() !== '' && value === undefined ? undefined : { ...data, value }
  },
  onDelete: cell => withNumber(cell, undefined),
}
