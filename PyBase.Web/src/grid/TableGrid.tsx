import { CompactSelection, GridCellKind, type DataEditorRef, type GridCell, type GridColumn, type CustomRenderer, type GridSelection, type Item, type Rectangle } from '@glideapps/glide-data-grid'
import { useComputedColorScheme } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Field, Table } from '../api/types'
import type { RowHeight, SettingsChange, ViewSettings } from '../api/views'
import { displayAs } from '../fields/display'
import { isComputed, shownAs } from '../fields/shownAs'
import { usePresence } from '../live/usePresence'
import type { RowQuery } from '../rows/rowQuery'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'
import type { NameOf } from '../rows/useLinkNames'
import { texts } from '../texts'
import { operatorsOf } from '../views/operators'
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
import { OpenRow } from './OpenRow'
import { PresentPeople } from './PresentPeople'
import { SelectionBar } from './SelectionBar'
import { SummaryRow } from './SummaryRow'
import type { CellActions } from './CellMenu'
import { useGridEdits } from './useGridEdits'
import { useGroups } from './useGroups'
import classes from './TableGrid.module.css'

const BulkEditDialog = lazy(() => import('./BulkEditDialog').then(m => ({ default: m.BulkEditDialog })))
const CellMenu = lazy(() => import('./CellMenu').then(m => ({ default: m.CellMenu })))
const FieldMenu = lazy(() => import('./FieldMenu').then(m => ({ default: m.FieldMenu })))

interface Props {
  base: string; table: Table; view: string; settings: ViewSettings; query: RowQuery; store: RowStore; state: RowStoreState; nameOf: NameOf; mayEdit: boolean; mayDesign: boolean
  onAddField: () => void; onEditField: (field: Field) => void; onSettings: (settings: SettingsChange) => void; onOpenRecord: (id: string) => void
}

const none: GridSelection = { columns: CompactSelection.empty(), rows: CompactSelection.empty() }
const heights: Record<RowHeight, number> = { short: 34, medium: 56, tall: 88, extraTall: 128 }
/** The column with the numbers of rows. */
const MARKERS = 52
const notLoaded: GridCell = { kind: GridCellKind.Loading, allowOverlay: false, skeletonWidth: 60, skeletonWidthVariability: 40 }

export function TableGrid({ base, table, view, settings, query, store, state, nameOf, mayEdit, mayDesign, onAddField, onEditField, onSettings, onOpenRecord }: Props) {
  const dark = useComputedColorScheme('light') === 'dark'
  const narrow = useMediaQuery('(max-width: 600px)') ?? false
  const grid = useRef<DataEditorRef>(null)
  const [selection, setSelection] = useState(none)
  const [hovered, setHovered] = useState<number | null>(null)
  const [menu, setMenu] = useState<{ field: Field; x: number; y: number } | null>(null)
  const [cellMenu, setCellMenu] = useState<{ rows: number; x: number; y: number; actions: CellActions } | null>(null)
  const [bulk, setBulk] = useState<readonly number[] | null>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const moving = useRef<HTMLDivElement>(null)
  const { widthOf, setWidth } = useColumnWidths(table.id)
  const all = useMemo(() => orderedFields(table, settings), [table, settings])
  const fields = useMemo(() => all.filter(f => !f.hidden).map(f => f.field), [all])
  const groups = settings.groups ?? noGroups
  const { lines, summed, toggle } = useGroups(base, table, query, groups, state)
  const frozen = narrow ? 0 : Math.min(fields.length, settings.frozenFields ?? 1)
  const height = heights[settings.rowHeight ?? 'short']

  const columns = useMemo<GridColumn[]>(
    () => fields.map(f => ({ id: f.id, title: f.name, icon: iconOf(f.type), hasMenu: mayDesign, width: all.find(a => a.field === f)?.width ?? widthOf(f, f.id === table.primaryFieldId, narrow) })),
    [fields, all, table.primaryFieldId, widthOf, narrow, mayDesign],
  )
  const idAt = useCallback((line: number) => {
    const place = placeAt(lines, line)
    return place === undefined ? undefined : store.idAt(place)
  }, [lines, store])
  const press = (id: string, field: Field) => void import('../records/press').then(m => m.press(base, table.id, id, field, store.value(id, field.id), mayEdit))

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
  const renderers = useMemo(() => [selectCell(dark), tagsCell(dark), dateCell, chipsCell, numberCell, peopleCell, linksCell], [dark])
  const { onCellsEdited, onRowAppended, paste } = useGridEdits(fields, lines, store, renderers as unknown as readonly CustomRenderer[])

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

  const markedLines = useMemo(() => selection.rows.toArray().filter(line => placeAt(lines, line) !== undefined), [selection.rows, lines])
  /** Records of lines, asked for where nobody has looked yet. */
  const recordsOf = async (chosen: readonly number[]) => {
    const places = chosen.flatMap(line => placeAt(lines, line) ?? [])
    if (!places.length) return []
    const [from, to] = [Math.min(...places), Math.max(...places) + 1]
    const ids = await store.idsAt(from, to)
    return places.flatMap(place => ids[place - from] ?? [])
  }
  const linesAt = (line: number) => {
    const range = selection.current?.range
    return markedLines.includes(line) ? markedLines : range && line >= range.y && line < range.y + range.height ? Array.from({ length: range.height }, (_, n) => range.y + n) : [line]
  }
  const removeLines = async (chosen: readonly number[]) => {
    const ids = await recordsOf(chosen)
    setSelection(none)
    await store.remove(ids)
  }
  const openCellMenu = (col: number, line: number, x: number, y: number) => {
    const id = idAt(line)
    if (id === undefined) return
    const chosen = linesAt(line)
    const range = selection.current?.range
    const isInside = range && col >= range.x && col < range.x + range.width && line >= range.y && line < range.y + range.height
    if (col >= 0 && !isInside && !markedLines.includes(line)) setSelection({ ...none, current: { cell: [col, line], range: { x: col, y: line, width: 1, height: 1 }, rangeStack: [] } })
    const field = fields[col]
    const value = field && store.value(id, field.id)
    const actions: CellActions = {
      open: chosen.length === 1 ? () => onOpenRecord(id) : undefined,
      copy: () => void grid.current?.emit('copy'),
      paste: mayEdit && col >= 0 && window.isSecureContext ? () => void grid.current?.emit('paste') : undefined,
      clear: mayEdit && col >= 0 ? () => void grid.current?.emit('delete') : undefined,
      filter: field && typeof value === 'string' && operatorsOf(field).some(o => o.name === 'is') ? () => onSettings({ filter: { conjunction: 'and', ...settings.filter, filterSet: [...(settings.filter?.filterSet ?? []), { fieldId: field.id, operator: 'is', value }] } }) : undefined,
      change: mayEdit ? () => setBulk(chosen) : undefined,
      duplicate: mayEdit && chosen.length === 1 ? () => void store.create(Object.fromEntries(fields.filter(f => !isComputed(f.type) && f.type !== 'multipleAttachments').flatMap(f => { const v = store.value(id, f.id); return v === undefined || v === null ? [] : [[f.id, v]] }))) : undefined,
      remove: mayEdit ? () => void removeLines(chosen) : undefined,
    }
    setCellMenu({ rows: chosen.length, x, y, actions })
  }
  const move = (from: number, to: number) => {
    // The primary field stays first.
    if (from === 0 || to === 0) return
    const shown = all.filter(f => !f.hidden)
    const [moved] = shown.splice(from, 1)
    shown.splice(to, 0, moved!)
    onSettings({ fields: keepFields([...shown, ...all.filter(f => f.hidden)]) })
  }
  const hoveredId = hovered === null || placeAt(lines, hovered) === undefined ? undefined : idAt(hovered)
  const [at, around] = [hoveredId && grid.current?.getBounds(0, hovered!), canvas.current?.getBoundingClientRect()]
  const hoveredRow = hoveredId && at && around ? { right: at.x + at.width - around.x, middle: at.y + Math.min(at.height, heights.short) / 2 - around.y, onOpen: () => onOpenRecord(hoveredId) } : null
  return (
    <div className={classes.grid} data-testid="grid" aria-label={texts.grid.label(table.name)} role="region" onScrollCapture={event => {
      // The summaries move with the columns above them.
      const scrolled = event.target as HTMLElement
      if (scrolled.classList.contains('dvn-scroller') && moving.current) moving.current.style.transform = `translateX(${-scrolled.scrollLeft}px)`
    }}>
      <div className={classes.canvas} ref={canvas} onPointerLeave={() => setHovered(null)}>
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
        onPaste={(target, values) => {
          if (mayEdit) void paste(target, values, selection.current?.range ?? { width: 1, height: 1 })
          return false
        }}
        onCellContextMenu={([col, line], event) => {
          event.preventDefault()
          openCellMenu(col, line, event.bounds.x + event.localEventX, event.bounds.y + event.localEventY)
        }}
        onHeaderContextMenu={(col, event) => {
          event.preventDefault()
          if (mayDesign && fields[col]) setMenu({ field: fields[col], x: event.bounds.x, y: event.bounds.y + event.bounds.height })
        }}
        fillHandle={mayEdit}
        onDelete={chosen => mayEdit && (chosen.rows.length === 0 || chosen.current !== undefined)}
        onRowAppended={mayEdit && groups.length === 0 ? onRowAppended : undefined}
        trailingRowOptions={{ hint: texts.grid.addRow, sticky: false, tint: true }}
        onColumnResize={(column, width) => setWidth(column.id!, width)}
        onColumnResizeEnd={(column, width) => mayDesign && onSettings({ fields: keepFields(all.map(f => (f.field.id === column.id ? { ...f, width } : f))) })}
        onColumnMoved={mayDesign ? move : undefined}
        onHeaderMenuClick={(col, bounds) => setMenu({ field: fields[col]!, x: bounds.x, y: bounds.y + bounds.height })}
        onCellClicked={([col, line], event) => {
          const span = spanAt(lines, line)
          if (span?.kind === 'group' && event.localEventX < 400) toggle(span.key)
          const [field, id] = [fields[col], idAt(line)]
          if (id && field?.type === 'button' && event.localEventX < 26 + 8 * String(field.options?.label ?? '').length) press(id, field)
        }}
        onCellActivated={([col, line]) => {
          const id = idAt(line)
          if (id && fields[col]?.type === 'multipleAttachments') onOpenRecord(id)
          else if (id && fields[col]?.type === 'button') press(id, fields[col])
        }}
        onItemHovered={({ kind, location: [, line] }) => setHovered(kind === 'cell' ? line : null)}
        minColumnWidth={60}
        onVisibleRegionChanged={shown => { setHovered(null); onVisible(shown) }}
        rowMarkers={{ kind: mayEdit ? 'both' : 'number', width: MARKERS }}
        rowSelectionMode="multi"
        freezeColumns={frozen}
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
          if (current && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
            event.cancel()
            const at = grid.current?.getBounds(current[0], current[1])
            if (at) openCellMenu(current[0], current[1], at.x + 12, at.y + at.height)
          } else if (event.key === ' ' && id) {
            event.cancel()
            onOpenRecord(id)
          }
        }}
      />
      {hoveredRow && <OpenRow {...hoveredRow} />}
      </div>
      <SummaryRow ref={moving} base={base} table={table} query={query} state={state} changes={state.version} frozen={frozen} markers={MARKERS}
        columns={fields.map((field, n) => ({ field, width: (columns[n] as { width: number }).width, summary: all.find(a => a.field === field)?.aggregate }))}
        onChoose={(field, summary) => onSettings({ fields: keepFields(all.map(f => (f.field.id === field.id ? { ...f, aggregate: summary ?? undefined } : f))) })} />
      <Suspense>
        {cellMenu && <CellMenu {...cellMenu} onClose={() => setCellMenu(null)} />}
        {bulk && (
          <BulkEditDialog base={base} table={table} rows={bulk.length} nameOf={nameOf} onClose={() => setBulk(null)}
            onSet={(field, value) => {
              void recordsOf(bulk).then(ids => store.edit(ids.map(id => ({ id, fields: { [field]: value } }))))
              setBulk(null)
            }} />
        )}
      </Suspense>
      <Suspense>{menu && <FieldMenu base={base} table={table} settings={settings} {...menu} onClose={() => setMenu(null)} onEdit={() => onEditField(menu.field)} onSettings={onSettings} />}</Suspense>
      <PresentPeople people={people} />
      {markedLines.length > 0 && (
        <SelectionBar
          count={markedLines.length}
          onOpen={markedLines.length === 1 && idAt(markedLines[0]!) ? () => onOpenRecord(idAt(markedLines[0]!)!) : undefined}
          onClear={() => setSelection(none)}
          onChange={() => setBulk(markedLines)}
          onDelete={() => void removeLines(markedLines)}
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
