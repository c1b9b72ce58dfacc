import { Text } from '@mantine/core'
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { Field, Table } from '../api/types'
import type { SettingsChange, View, ViewSettings } from '../api/views'
import { GridPlaceContext } from '../grid/GridPlace'
import { TableGrid } from '../grid/TableGrid'
import type { RowQuery } from '../rows/rowQuery'
import { useLinkNames } from '../rows/useLinkNames'
import { useRows } from '../rows/useRows'
import { Centered, Failed } from '../shell/States'
import { texts } from '../texts'
import { completeFilter } from '../views/completeFilter'
import { orderedFields } from '../views/shownFields'
import { useViewChange, useViews, withSettings } from '../views/useViews'
import { ViewToolbar } from '../views/ViewToolbar'
import viewClasses from '../views/views.module.css'
import { StatusBar } from './StatusBar'
import { useUndo } from './useUndo'
import classes from './TableView.module.css'

const CalendarView = lazy(() => import('../cards/CalendarView').then(m => ({ default: m.CalendarView })))
const GalleryView = lazy(() => import('../cards/GalleryView').then(m => ({ default: m.GalleryView })))
const GanttView = lazy(() => import('../plans/GanttView').then(m => ({ default: m.GanttView })))
const FormView = lazy(() => import('../forms/FormView').then(m => ({ default: m.FormView })))
const TimelineView = lazy(() => import('../plans/TimelineView').then(m => ({ default: m.TimelineView })))
const TreeView = lazy(() => import('../tree/TreeView').then(m => ({ default: m.TreeView })))
const ExportMenu = lazy(() => import('../imports/ExportMenu').then(m => ({ default: m.ExportMenu })))
const KanbanView = lazy(() => import('../cards/KanbanView').then(m => ({ default: m.KanbanView })))
// Formulas bring their catalogue, a record its inputs: neither is needed to see rows.
const FieldDialog = lazy(() => import('../fields/FieldDialog').then(m => ({ default: m.FieldDialog })))
const RecordDrawer = lazy(() => import('../records/RecordDrawer').then(m => ({ default: m.RecordDrawer })))
const UndoButtons = lazy(() => import('./UndoButtons').then(m => ({ default: m.UndoButtons })))
const ViewSidebar = lazy(() => import('../views/ViewSidebar').then(m => ({ default: m.ViewSidebar })))

interface Props { base: string; table: Table; tables: readonly Table[]; viewId?: string; mayEdit: boolean; mayDesign: boolean; mayComment: boolean }

/** A table as one of its views shows it. */
export function TableView(props: Props) {
  const views = useViews(props.base, props.table.id)
  if (views.isError) return <Failed title={texts.views.failed} error={views.error} onRetry={() => void views.refetch()} />
  if (!views.data?.[0]) return <Centered />
  const view = views.data.find(v => v.id === props.viewId) ?? views.data[0]
  return <OpenView {...props} views={views.data} view={view} />
}

function OpenView({ base, table, tables, views, view, mayEdit, mayDesign, mayComment }: Props & { views: readonly View[]; view: View }) {
  const navigate = useNavigate()
  const [parameters, setParameters] = useSearchParams()
  const keep = useViewChange(base, table.id)
  // Who may not change the view looks at it their own way, for as long as the page is open.
  const [own, setOwn] = useState<{ view: string; settings: SettingsChange } | null>(null)
  const settings = useMemo<ViewSettings>(() => (own?.view === view.id ? withSettings(view.settings, own.settings) : view.settings), [view, own])
  const change = (settings: SettingsChange) =>
    mayDesign ? keep.mutate({ id: view.id, settings }) : setOwn(old => ({ view: view.id, settings: { ...(old?.view === view.id ? old.settings : {}), ...settings } }))

  const [search, setSearch] = useState('')
  const wide = useMediaQuery('(min-width: 900px)', undefined, { getInitialValueInEffect: false })
  const [sidebar, setSidebar] = useLocalStorage({ key: 'pybase-views', defaultValue: wide })
  const query = useMemo<RowQuery>(() => {
    const order = [...(view.type === 'grid' ? (settings.groups ?? []) : []), ...(settings.sorts ?? [])]
    return { filter: completeFilter(settings.filter, table), order: order.filter((o, n) => order.findIndex(x => x.field === o.field) === n && table.fields.some(f => f.id === o.field)), search }
  }, [settings, view.type, table, search])
  const { store, state } = useRows(base, table.id, query)
  const nameOf = useLinkNames(base, tables)
  const undo = useUndo(base, mayEdit)
  const place = useMemo(() => ({ base, tables }), [base, tables])
  const [dialog, setDialog] = useState<{ field: Field | null } | null>(null)
  const fields = useMemo(() => orderedFields(table, settings).filter(f => !f.hidden).map(f => f.field), [table, settings])
  const record = parameters.get('record')
  const openRecord = (id: string) => setParameters({ record: id })
  const openView = (id: string) => {
    if (!wide) setSidebar(false)
    void navigate(`/bases/${base}/${table.id}/${id}`)
  }

  if (state.status === 'failed') return <Failed title={texts.tables.failed} error={state.problem} onRetry={() => void store.load()} />
  const shown = { table, settings, fields, store, state, nameOf, mayEdit, mayDesign, onSettings: change, onOpenRecord: openRecord }
  return (
    <GridPlaceContext.Provider value={place}>
      <ViewToolbar key={view.id} base={base} table={table} view={{ ...view, settings }} search={search} sidebar={sidebar} onSearch={setSearch} onSidebar={() => setSidebar(!sidebar)} onChange={change}
        actions={<Suspense>{mayEdit && <UndoButtons undo={undo} />}<ExportMenu base={base} table={table.id} view={view.id} /></Suspense>} />
      <div className={classes.body}>
        {/* Its place is kept, so that the grid does not move. */}
        {sidebar && <Suspense fallback={<div className={viewClasses.sidebar} />}><ViewSidebar base={base} table={table} views={views} open={view.id} mayDesign={mayDesign} onOpen={openView} /></Suspense>}
        <div className={classes.stage}>
          <Suspense fallback={<Centered />}>
            {state.status === 'loading' ? <Centered />
              : view.type === 'kanban' ? <KanbanView {...shown} />
              : view.type === 'gallery' ? <GalleryView {...shown} />
              : view.type === 'calendar' ? <CalendarView {...shown} />
              : view.type === 'gantt' ? <GanttView {...shown} />
              : view.type === 'timeline' ? <TimelineView {...shown} />
              : view.type === 'form' ? <FormView base={base} table={table} view={{ ...view, settings }} mayDesign={mayDesign} onSettings={change} />
              : view.type === 'bomTree' ? <TreeView base={base} {...shown} />
              : <TableGrid base={base} view={view.id} query={query} {...shown} onAddField={() => setDialog({ field: null })} onEditField={field => setDialog({ field })} />}
          </Suspense>
          {state.status === 'ready' && state.count === 0 && view.type === 'grid' && (
            <div className={classes.empty}>
              <div>
                <Text fw={600}>{query.filter || search ? texts.grid.noMatch : texts.grid.empty}</Text>
                <Text c="dimmed" size="sm" maw={300}>{query.filter || search ? texts.grid.noMatchLead : texts.grid.emptyLead}</Text>
              </div>
            </div>
          )}
        </div>
      </div>
      <StatusBar count={state.count} exact={state.exact} onAdd={mayEdit ? () => void store.create().then(id => id && view.type !== 'grid' && openRecord(id)) : undefined} />
      <Suspense>
        {dialog && <FieldDialog base={base} table={table} tables={tables} opened field={dialog.field} onClose={() => setDialog(null)} />}
        {record && (
          <RecordDrawer base={base} table={table} tables={tables} record={record} store={store} state={state} nameOf={nameOf} mayEdit={mayEdit} mayComment={mayComment} onClose={() => setParameters({})} onGo={openRecord}
            onOpen={(other, id) => (other === table.id && id ? openRecord(id) : void navigate(`/bases/${base}/${other}${id ? `?record=${id}` : ''}`))} />
        )}
      </Suspense>
    </GridPlaceContext.Provider>
  )
}
