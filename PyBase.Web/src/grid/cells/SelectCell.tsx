import { GridCellKind, type CustomCell, type CustomRenderer } from '@glideapps/glide-data-grid'
import type { Choice } from '../../api/types'
import { choicePaint } from '../choiceColours'
import { getMiddleCenterBias } from './drawing'
import { drawPill, PILL, pillWidth } from './pill'
import { SelectEditor } from './SelectEditor'

export type SelectCell = CustomCell<{ kind: 'select'; name: string; choices: readonly Choice[] }>

export const selectCell = (dark: boolean): CustomRenderer<SelectCell> => ({
  kind: GridCellKind.Custom,
  isMatch: (cell): cell is SelectCell => (cell.data as { kind?: string }).kind === 'select',
  draw: ({ ctx, theme, rect }, cell) => {
    const { name, choices } = cell.data
    if (!name) return
    const paint = choicePaint(choices.find(c => c.name === name)?.color, dark)
    const width = pillWidth(ctx, name, theme)
    drawPill(ctx, name, rect.x + theme.cellHorizontalPadding - 2, rect.y + rect.height / 2, width, PILL.height / 2,
      paint.back, paint.ink, getMiddleCenterBias(ctx, theme))
  },
  measure: (ctx, cell, theme) => pillWidth(ctx, cell.data.name, theme) + theme.cellHorizontalPadding * 2,
  provideEditor: cell => (cell.readonly ? undefined : { editor: SelectEditor, disablePadding: true, styleOverride: { minWidth: 200 } }),
  onPaste: (text, data) => ({ ...data, name: text.trim() }),
  onDelete: cell => ({ ...cell, copyData: '', data: { ...cell.data, name: '' } }),
})
