import { GridCellKind, type CustomCell, type CustomRenderer, type ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { getMiddleCenterBias } from './drawing'
import { drawPill, PILL, pillWidth } from './pill'
import classes from './ChipsCell.module.css'

/** Linked rows and files: read here, changed elsewhere. */
export type ChipsCell = CustomCell<{ kind: 'chips'; look: 'link' | 'file'; names: readonly string[] }>

const AllNames: ProvideEditorComponent<ChipsCell> = ({ value }) => (
  <ul className={classes.list} tabIndex={-1}>
    {value.data.names.map((name, n) => <li key={n} data-look={value.data.look}>{name}</li>)}
  </ul>
)

export const chipsCell: CustomRenderer<ChipsCell> = {
  kind: GridCellKind.Custom,
  isMatch: (cell): cell is ChipsCell => (cell.data as { kind?: string }).kind === 'chips',
  draw: ({ ctx, theme, rect }, cell) => {
    let x = rect.x + theme.cellHorizontalPadding - 2
    const bias = getMiddleCenterBias(ctx, theme)
    const end = rect.x + rect.width
    for (const name of cell.data.names) {
      if (x > end) break
      const width = pillWidth(ctx, name, theme)
      drawPill(ctx, name, x, rect.y + rect.height / 2, width, 5, theme.bgBubble, theme.textBubble, bias)
      x += width + PILL.gap
    }
  },
  measure: (ctx, cell, theme) =>
    cell.data.names.reduce((sum, name) => sum + pillWidth(ctx, name, theme) + PILL.gap, theme.cellHorizontalPadding * 2),
  provideEditor: cell => (cell.data.names.length ? { editor: AllNames, disablePadding: true } : undefined),
}
