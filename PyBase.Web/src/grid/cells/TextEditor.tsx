import { TextCellEntry, type ProvideEditorComponent, type TextCell } from '@glideapps/glide-data-grid'
import { EditorKeys } from './EditorKeys'

/** Shift+Enter begins a new line. */
export const TextEditor: ProvideEditorComponent<TextCell> = ({ value, isHighlighted, onChange, onFinishedEditing }) => (
  <EditorKeys value={value} onFinishedEditing={onFinishedEditing}>
    <TextCellEntry
      highlight={isHighlighted}
      autoFocus={value.readonly !== true}
      disabled={value.readonly === true}
      altNewline
      value={value.data}
      onChange={e => onChange({ ...value, data: e.target.value })}
    />
  </EditorKeys>
)
