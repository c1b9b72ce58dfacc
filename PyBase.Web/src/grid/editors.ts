import { GridCellKind, type GridCell, type ProvideEditorCallback } from '@glideapps/glide-data-grid'
import { NumberEditor } from './cells/NumberEditor'
import { TextEditor } from './cells/TextEditor'

/** The editors of the built-in cells; custom cells bring their own. */
export const editorOf: ProvideEditorCallback<GridCell> = cell => {
  if (cell.kind === GridCellKind.Text) return { editor: TextEditor as never }
  if (cell.kind === GridCellKind.Number) return { editor: NumberEditor as never }
  return undefined
}
