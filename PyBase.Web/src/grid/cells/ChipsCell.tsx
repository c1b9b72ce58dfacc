import { GridCellKind, type CustomCell, type CustomRenderer, type ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { chipsWidth, drawChips } from './chips'
import classes from './ChipsCell.module.css'

/** Files and buttons: read here, changed elsewhere. */
export type ChipsCell = CustomCell<{ kind: 'chips'; look: 'file' | 'button'; names: readonly string[] }>

const AllNames: ProvideEditorComponent<ChipsCell> = ({ value }) => (
  <ul className={classes.list} tabIndex={-1}>
    {value.data.names.map((name, n) => <li key={n} data-look={value.data.look}>{name}</li>)}
  </ul>
)

export const chipsCell: CustomRenderer<ChipsCell> = {
  kind: GridCellKind.Custom,
  isMatch: (cell): cell is ChipsCell => (cell.data as { kind?: string }).kind === 'chips',
  draw: (args, cell) => drawChips(args, cell.data.names),
  measure: (ctx, cell, theme) => chipsWidth(ctx, cell.data.names, theme),
  provideEditor: cell => (cell.data.names.length ? { editor: AllNames, disablePadding: true } : undefined),
}
