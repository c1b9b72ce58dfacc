import { get, patch, post, remove } from './http'

export interface Order { field: string; direction?: 'asc' | 'desc'; collapsed?: unknown[] }
export interface Condition { fieldId: string; operator: string; value?: unknown }
export interface ConditionGroup { conjunction: 'and' | 'or'; filterSet: (Condition | ConditionGroup)[] }
export interface ShownField { field: string; hidden?: boolean; width?: number; aggregate?: string }
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

export interface View { id: string; name: string; type: string; settings: ViewSettings }

const path = (base: string, table: string) => `/api/bases/${base}/tables/${table}/views`

/** The server keeps a group of one condition as the condition alone; here a filter is always a group. */
export const asGroup = (filter: ConditionGroup | Condition): ConditionGroup => ('filterSet' in filter ? filter : { conjunction: 'and', filterSet: [filter] })

const read = (view: View): View => (view.settings.filter ? { ...view, settings: { ...view.settings, filter: asGroup(view.settings.filter) } } : view)

export const listViews = async (base: string, table: string, signal?: AbortSignal) => (await get<{ views: View[] }>(path(base, table), signal)).views.map(read)
export const createView = async (base: string, table: string, view: { name: string; type: string; settings?: ViewSettings }) => read(await post<View>(path(base, table), view))
export const changeView = async (base: string, table: string, id: string, change: { name?: string; settings?: SettingsChange }) => read(await patch<View>(`${path(base, table)}/${id}`, change))
export const duplicateView = async (base: string, table: string, id: string, name: string) => read(await post<View>(`${path(base, table)}/${id}/duplicate`, { name }))
export const removeView = (base: string, table: string, id: string) => remove<{ id: string }>(`${path(base, table)}/${id}`)
