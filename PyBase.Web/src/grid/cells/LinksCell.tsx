import { GridCellKind, type CustomCell, type CustomRenderer, type ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { chipsWidth, drawChips } from './chips'
import { EditorKeys } from './EditorKeys'
import { LinkPicker, type LinkedRecord } from './LinkPicker'

/** Records of another table. One that was pasted has no id yet: the server finds it by its name. */
export type LinksCell = CustomCell<{ kind: 'links'; table: string; records: readonly LinkedRecord[]; single: boolean }>

const withRecords = (cell: LinksCell, records: readonly LinkedRecord[]): LinksCell => ({ ...cell, copyData: records.map(r => r.name).join(', '), data: { ...cell.data, records } })

const LinksEditor: ProvideEditorComponent<LinksCell> = ({ value, initialValue, onChange, onFinishedEditing }) => (
  <EditorKeys value={value} onFinishedEditing={onFinishedEditing}>
    <LinkPicker table={value.data.table} records={value.data.records} single={value.data.single} words={initialValue ?? ''}
      onChange={(records, movement) => (movement || (value.data.single && records.length) ? onFinishedEditing(withRecords(value, records), movement ?? [0, 1]) : onChange(withRecords(value, records)))}
      onDone={movement => onFinishedEditing(value, movement)} />
  </EditorKeys>
)

export const linksCell: CustomRenderer<LinksCell> = {
  kind: GridCellKind.Custom,
  isMatch: (cell): cell is LinksCell => (cell.data as { kind?: string }).kind === 'links',
  draw: (args, cell) => drawChips(args, cell.data.records.map(r => r.name || '—')),
  measure: (ctx, cell, theme) => chipsWidth(ctx, cell.data.records.map(r => r.name), theme),
  provideEditor: cell => (cell.readonly ? undefined : { editor: LinksEditor, disablePadding: true, styleOverride: { minWidth: 260 } }),
  onPaste: (text, data) => ({ ...data, records: text.split(',').map(t => t.trim()).filter(Boolean).slice(0, data.single ? 1 : undefined).map(name => (/^rec[A-Za-z0-9]{14}$/.test(name) ? { id: name, name: '…' } : { id: '', name })) }),
  onDelete: cell => withRecords(cell, []),
}
