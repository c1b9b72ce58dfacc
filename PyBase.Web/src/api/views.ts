import type { ViewField as ShownField, ViewOrder, WholeView } from './generated'
import { get, patch } from './http'

export type { ShownField }
export type Order = ViewOrder & { direction?: 'asc' | 'desc' | null }
export interface Condition { fieldId: string; operator: string; value?: unknown }
export interface ConditionGroup { conjunction: 'and' | 'or'; filterSet: (Condition | ConditionGroup)[] }
export type RowHeight = 'short' | 'medium' | 'tall' | 'extraTall'

/** How a view shows its table; what it does not say is as the table has it. */
export interface ViewSettings {
  fields?: ShownField[]
  filter?: ConditionGroup
  sorts?: Order[]
  groups?: Order[]
  rowHeight?: RowHeight
  frozenFields?: number
  options?: Record<string, unknown>
}
/** A property replaces the one of the same name; `null` takes it away. */
export type SettingsChange = { [K in keyof ViewSettings]?: ViewSettings[K] | null }

export type View = Pick<WholeView, 'id' | 'name' | 'type'> & { settings: ViewSettings }

export const viewsPath = (base: string, table: string) => `/api/bases/${base}/tables/${table}/views`

/** The server keeps a group of one condition as the condition alone; here a filter is always a group. */
export const asGroup = (filter: ConditionGroup | Condition): ConditionGroup => ('filterSet' in filter ? filter : { conjunction: 'and', filterSet: [filter] })

export const readView = (view: View): View => (view.settings.filter ? { ...view, settings: { ...view.settings, filter: asGroup(view.settings.filter) } } : view)

export const listViews = async (base: string, table: string, signal?: AbortSignal) => (await get<{ views: View[] }>(viewsPath(base, table), signal)).views.map(readView)
export const changeView = async (base: string, table: string, id: string, change: { name?: string; settings?: SettingsChange }) => readView(await patch<View>(`${viewsPath(base, table)}/${id}`, change))
