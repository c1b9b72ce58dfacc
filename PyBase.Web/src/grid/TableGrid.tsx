import '@glideapps/glide-data-grid/dist/index.css'
import { CompactSelection, DataEditor, type DataEditorRef, type GridColumn, type GridSelection, type Item, type Rectangle } from '@glideapps/glide-data-grid'
import { useComputedColorScheme } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Table } from '../api/types'
import type { NameOf } from '../rows/useLinkNames'
import { texts } from '../texts'
import { AddFieldColumn } from './AddFieldColumn'
import { cellOf } from './cellOf'
import { chipsCell } from './cells/ChipsCell'
import { dateCell } from './cells/DateCell'
import { drawNotation } from './cells/drawNotation'
import { selectCell } from './cells/SelectCell'
import { useColumnWidths } from './columnWidths'
import { editorOf } from './editors'
import { gridTheme } from './gridTheme'
import { headerIcons, iconOf } from './headerIcons'
import { SelectionBar } from './SelectionBar'
import { useGridEdits } from './useGridEdits'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'
import classes from './TableGrid.module.css'

interface Props { table: Table; ids: readonly string[]; store: RowStore; state: RowStoreState; nameOf: NameOf; mayEdit: boolean; mayDesign: boolean; onAddField: () => void }

const none: GridSelection = { columns: CompactSelection.empty(), rows: CompactSelection.empty() }

export function TableGrid({ table, ids, store, state, nameOf, mayEdit, mayDesign, onAddField }: Props) {
  const dark = useComputedColorScheme('light') === 'dark'
  const narrow = useMediaQuery('(max-width: 600px)') ?? false
  const grid = useRef<DataEditorRef>(null)
  const [selection, setSelection] = useState(none)
  const { widthOf, setWidth } = useColumnWidths(table.id)
  const fields = table.fields

  const columns = useMemo<GridColumn[]>(
    () => fields.map(f => ({ id: f.id, title: f.name, icon: iconOf(f.type), width: widthOf(f, f.id === table.primaryFieldId, narrow) })),
    [fields, table.primaryFieldId, widthOf, narrow],
  )
  const getCellContent = useCallback(
    ([col, row]: Item) => {
      const field = fields[col]!
      const id = ids[row]
      return cellOf(field, id === undefined ? undefined : store.value(id, field.id), nameOf, mayEdit)
    },
    // A new state is a new picture, though the values are read from the store.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [fields, ids, store, state, nameOf, mayEdit],
  )
  const { onCellsEdited, onRowAppended } = useGridEdits(fields, ids, store)

  const onVisible = useCallback(
    ({ y, height }: Rectangle) => {
      if (!state.rows.complete && y + height > ids.length - 200) void store.more()
    },
    [state.rows.complete, ids.length, store],
  )

  useEffect(() => setSelection(none), [table.id])
  useEffect(() => {
    // The canvas was drawn with another font if ours was late.
    void document.fonts?.ready.then(() => grid.current?.remeasureColumns(CompactSelection.empty()))
  }, [])

  const renderers = useMemo(() => [selectCell(dark), dateCell, chipsCell], [dark])
  const marked = useMemo(() => selection.rows.toArray().flatMap(row => ids[row] ?? []), [selection.rows, ids])
  return (
    <div className={classes.grid} data-testid="grid" aria-label={texts.grid.label(table.name)} role="region">
      <DataEditor
        ref={grid}
        width="100%"
        height="100%"
        columns={columns}
        rows={ids.length}
        getCellContent={getCellContent}
        getCellsForSelection
        gridSelection={selection}
        onGridSelectionChange={setSelection}
        onCellsEdited={mayEdit ? onCellsEdited : undefined}
        onPaste={mayEdit}
        fillHandle={mayEdit}
        onDelete={chosen => mayEdit && (chosen.rows.length === 0 || chosen.current !== undefined)}
        onRowAppended={mayEdit ? onRowAppended : undefined}
        trailingRowOptions={{ hint: texts.grid.addRow, sticky: false, tint: true }}
        onColumnResize={(column, width) => setWidth(column.id!, width)}
        minColumnWidth={60}
        onVisibleRegionChanged={onVisible}
        rowMarkers={{ kind: mayEdit ? 'both' : 'number', width: 48 }}
        rowSelectionMode="multi"
        freezeColumns={narrow ? 0 : 1}
        rowHeight={34}
        headerHeight={38}
        smoothScrollX
        smoothScrollY
        keybindings={{ search: true }}
        headerIcons={headerIcons}
        customRenderers={renderers}
        drawCell={drawNotation}
        provideEditor={editorOf}
        theme={gridTheme(dark)}
        rightElement={mayDesign ? <AddFieldColumn onClick={onAddField} /> : undefined}
        rightElementProps={{ fill: true, sticky: false }}
      />
      {marked.length > 0 && (
        <SelectionBar
          count={marked.length}
          onClear={() => setSelection(none)}
          onDelete={() => {
            setSelection(none)
            void store.remove(marked)
          }}
        />
      )}
    </div>
  )
}
