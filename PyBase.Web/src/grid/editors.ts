import { GridCellKind, type GridCell, type ProvideEditorCallback } from '@glideapps/glide-data-grid'
import { TextEditor } from './cells/TextEditor'

/** The editor of the built-in text cell; custom cells bring their own. */
export const editorOf: ProvideEditorCallback<GridCell> = cell => (cell.kind === GridCellKind.Text ? { editor: TextEditor as never } : undefined)
