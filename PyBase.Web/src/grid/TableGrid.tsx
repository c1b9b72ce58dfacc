import { CompactSelection, GridCellKind, type DataEditorRef, type GridCell, type GridColumn, type GridSelection, type Item, type Rectangle } from '@glideapps/glide-data-grid'
import { useComputedColorScheme } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Field, Table } from '../api/types'
import type { RowHeight, SettingsChange, ViewSettings } from '../api/views'
import { displayAs } from '../fields/display'
import { shownAs } from '../fields/shownAs'
import { usePresence } from '../live/usePresence'
import type { RowQuery } from '../rows/rowQuery'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'
import type { NameOf } from '../rows/useLinkNames'
import { texts } from '../texts'
import { keepFields, orderedFields } from '../views/shownFields'
import { AddFieldColumn } from './AddFieldColumn'
import { cellOf } from './cellOf'
import { chipsCell } from './cells/ChipsCell'
import { dateCell } from './cells/DateCell'
import { drawNotation } from './cells/drawNotation'
import { linksCell } from './cells/LinksCell'
import { numberCell } from './cells/NumberCell'
import { peopleCell } from './cells/PeopleCell'
import { selectCell } from './cells/SelectCell'
import { tagsCell } from './cells/TagsCell'
import { useColumnWidths } from './columnWidths'
import { Editor } from './Editor'
import { editorOf } from './editors'
import { lineOf, placeAt, spanAt } from './groupRows'
import { gridTheme } from './gridTheme'
import { headerIcons, iconOf } from './headerIcons'
import { PresentPeople } from './PresentPeople'
import { SelectionBar } from './SelectionBar'
import { useGridEdits } from './useGridEdits'
import { useGroups } from './useGroups'
import classes from './TableGrid.module.css'

const FieldMenu = lazy(() => import('./FieldMenu').then(m => ({ default: m.FieldMenu })))

interface Props {
  base: string; table: Table; view: string; settings: ViewSettings; query: RowQuery; store: RowStore; state: RowStoreState; nameOf: NameOf; mayEdit: boolean; mayDesign: boolean
  onAddField: () => void; onEditField: (field: Field) => void; onSettings: (settings: SettingsChange) => void; onOpenRecord: (id: string) => void
}

const none: GridSelection = { columns: CompactSelection.empty(), rows: CompactSelection.empty() }
const heights: Record<RowHeight, number> = { short: 34, medium: 56, tall: 88, extraTall: 128 }
const notLoaded: GridCell = { kind: GridCellKind.Loading, allowOverlay: false, skeletonWidth: 60, skeletonWidthVariability: 40 }

export function TableGrid({ base, table, view, settings, query, store, state, nameOf, mayEdit, mayDesign, onAddField, onEditField, onSettings, onOpenRecord }: Props) {
  const dark = useComputedColorScheme('light') === 'dark'
  const narrow = useMediaQuery('(max-width: 600px)') ?? false
  const grid = useRef<DataEditorRef>(null)
  const [selection, setSelection] = useState(none)
  const [menu, setMenu] = useState<{ field: Field; x: number; y: number } | null>(null)
  const { widthOf, setWidth } = useColumnWidths(table.id)
  const all = useMemo(() => orderedFields(table, settings), [table, settings])
  const fields = useMemo(() => all.filter(f => !f.hidden).map(f => f.field), [all])
  const groups = settings.groups ?? noGroups
  const { lines, summed, toggle } = useGroups(base, table, query, groups, state)
  const height = heights[settings.rowHeight ?? 'short']

  const columns = useMemo<GridColumn[]>(
    () => fields.map(f => ({ id: f.id, title: f.name, icon: iconOf(f.type), hasMenu: mayDesign, width: all.find(a => a.field === f)?.width ?? widthOf(f, f.id === table.primaryFieldId, narrow) })),
    [fields, all, table.primaryFieldId, widthOf, narrow, mayDesign],
  )
  const idAt = useCallback((line: number) => {
    const place = placeAt(lines, line)
    return place === undefined ? undefined : store.idAt(place)
  }, [lines, store])

  const getCellContent = useCallback(
    ([col, line]: Item): GridCell => {
      const field = fields[col]!
      const span = spanAt(lines, line)
      if (span?.kind === 'group') return groupCell(span, col, field, groups, table, summed, nameOf, dark)
      const id = idAt(line)
      if (id === undefined) return notLoaded
      const cell = cellOf(field, store.value(id, field.id), nameOf, mayEdit)
      return height > 34 && cell.kind === GridCellKind.Text ? { ...cell, displayData: cell.data, allowWrapping: true } : cell
    },
    // A new state is a new picture, though the values are read from the store.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [fields, lines, idAt, store, state, nameOf, mayEdit, groups, summed, dark, height],
  )
  const { onCellsEdited, onRowAppended, onPasteBeyond } = useGridEdits(fields, idAt, lines.count, store)

  const onVisible = useCallback(
    ({ y, height: shown }: Rectangle) => {
      let [from, to] = [placeAt(lines, y) ?? placeAt(lines, y + 1), placeAt(lines, y + shown)]
      from ??= 0
      to ??= Math.min(from + shown + 20, state.count)
      store.look(from, Math.max(to, from + 1))
    },
    [lines, store, state.count],
  )

  useEffect(() => setSelection(none), [table.id, view])
  useEffect(() => {
    // The canvas was drawn with another font if ours was late.
    void document.fonts?.ready.then(() => grid.current?.remeasureColumns(CompactSelection.empty()))
  }, [])

  const current = selection.current?.cell
  const here = { record: current && idAt(current[1]), field: current && fields[current[0]]?.id }
  const people = usePresence(table.id, view, { ...here, editing: false })
  const highlights = people.flatMap(person => {
    const [line, col] = [person.recordId ? lineOf(lines, store.placeOf(person.recordId)) : -1, fields.findIndex(f => f.id === person.fieldId)]
    return line < 0 || col < 0 ? [] : [{ color: person.colour + '55', range: { x: col, y: line, width: 1, height: 1 }, style: 'solid-outline' as const }]
  })

  const renderers = useMemo(() => [selectCell(dark), tagsCell(dark), dateCell, chipsCell, numberCell, peopleCell, linksCell], [dark])
  const marked = useMemo(() => selection.rows.toArray().flatMap(line => idAt(line) ?? []), [selection.rows, idAt])
  const move = (from: number, to: number) => {
    // The primary field stays first.
    if (from === 0 || to === 0) return
    const shown = all.filter(f => !f.hidden)
    const [moved] = shown.splice(from, 1)
    shown.splice(to, 0, moved!)
    onSettings({ fields: keepFields([...shown, ...all.filter(f => f.hidden)]) })
  }
  return (
    <div className={classes.grid} data-testid="grid" aria-label={texts.grid.label(table.name)} role="region">
      <Editor
        ref={grid}
        width="100%"
        height="100%"
        columns={columns}
        rows={lines.count}
        getCellContent={getCellContent}
        getCellsForSelection
        gridSelection={selection}
        onGridSelectionChange={setSelection}
        onCellsEdited={mayEdit ? onCellsEdited : undefined}
        onPaste={mayEdit ? onPasteBeyond : false}
        fillHandle={mayEdit}
        onDelete={chosen => mayEdit && (chosen.rows.length === 0 || chosen.current !== undefined)}
        onRowAppended={mayEdit && groups.length === 0 ? onRowAppended : undefined}
        trailingRowOptions={{ hint: texts.grid.addRow, sticky: false, tint: true }}
        onColumnResize={(column, width) => setWidth(column.id!, width)}
        onColumnResizeEnd={(column, width) => mayDesign && onSettings({ fields: keepFields(all.map(f => (f.field.id === column.id ? { ...f, width } : f))) })}
        onColumnMoved={mayDesign ? move : undefined}
        onHeaderMenuClick={(col, bounds) => setMenu({ field: fields[col]!, x: bounds.x, y: bounds.y + bounds.height })}
        onCellClicked={([, line], event) => {
          const span = spanAt(lines, line)
          if (span?.kind === 'group' && event.localEventX < 400) toggle(span.key)
        }}
        onCellActivated={([col, line]) => {
          const id = idAt(line)
          const type = fields[col]?.type
          if (id && (type === 'multipleAttachments' || type === 'button')) onOpenRecord(id)
        }}
        minColumnWidth={60}
        onVisibleRegionChanged={onVisible}
        rowMarkers={{ kind: mayEdit ? 'both' : 'number', width: 52 }}
        rowSelectionMode="multi"
        freezeColumns={narrow ? 0 : 1}
        rowHeight={line => (spanAt(lines, line)?.kind === 'group' ? 38 : height)}
        headerHeight={38}
        smoothScrollX
        smoothScrollY
        headerIcons={headerIcons}
        highlightRegions={highlights}
        customRenderers={renderers}
        drawCell={drawNotation}
        provideEditor={editorOf}
        theme={gridTheme(dark)}
        rightElement={mayDesign ? <AddFieldColumn onClick={onAddField} /> : undefined}
        rightElementProps={{ fill: true, sticky: false }}
        onKeyDown={event => {
          const id = current && idAt(current[1])
          if (event.key === ' ' && id) {
            event.cancel()
            onOpenRecord(id)
          }
        }}
      />
      <Suspense>{menu && <FieldMenu base={base} table={table} settings={settings} {...menu} onClose={() => setMenu(null)} onEdit={() => onEditField(menu.field)} onSettings={onSettings} />}</Suspense>
      <PresentPeople people={people} />
      {marked.length > 0 && (
        <SelectionBar
          count={marked.length}
          onOpen={marked.length === 1 ? () => onOpenRecord(marked[0]!) : undefined}
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

const noGroups: [] = []

function groupCell(span: { level: number; value: unknown; count: number; values: readonly unknown[]; collapsed: boolean }, col: number, field: Field, groups: readonly { field: string }[], table: Table, summed: readonly Field[], nameOf: NameOf, dark: boolean): GridCell {
  const by = table.fields.find(f => f.id === groups[span.level]?.field)
  const n = summed.indexOf(field)
  const sum = n < 0 ? undefined : span.values[n]
  const text = col === 0 ? `${'    '.repeat(span.level)}${span.collapsed ? '▸' : '▾'}  ${by ? nameOfGroup(by, span.value, nameOf) : ''}   ${span.count.toLocaleString('en')}` : sum === undefined || sum === null ? '' : displayAs(shownAs(field), sum)
  return {
    kind: GridCellKind.Text, data: text, displayData: text, allowOverlay: false, readonly: true, contentAlign: col === 0 ? 'left' : 'right',
    themeOverride: { bgCell: dark ? '#20282c' : '#eef2f2', baseFontStyle: col === 0 ? '600 13px' : '13px', textDark: dark ? '#e6eaeb' : '#1a2326' },
  }
}

function nameOfGroup(field: Field, value: unknown, nameOf: NameOf) {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return texts.grid.emptyGroup(field.name)
  const cell = cellOf(field, value, nameOf, false)
  return 'copyData' in cell && cell.copyData ? String(cell.copyData) : 'displayData' in cell && cell.displayData ? String(cell.displayData) : value === true ? texts.filters.ticked : String(value)
}
