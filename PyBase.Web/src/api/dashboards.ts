import type { DashboardList, ListedDashboard as DashboardName, WholeDashboard } from './generated'
import { get, patch, post, remove, send } from './http'
import type { Door } from './shares'
import type { Cells, CellValue, Field } from './types'
import type { ConditionGroup } from './views'

export type ChartKind = 'bar' | 'line' | 'area' | 'pie' | 'donut'
export type WidgetType = 'number' | 'chart' | 'pivot' | 'list' | 'text'
export interface WidgetGroup { field: string; by?: string; order?: 'key' | 'value'; direction?: 'asc' | 'desc'; limit?: number }
export interface Widget {
  id?: string; type: WidgetType; title?: string; place?: { x: number; y: number; width: number; height: number }; isBroken?: boolean
  chart?: ChartKind | 'scatter'; table?: string; view?: string; filter?: ConditionGroup; timeZone?: string
  groups?: WidgetGroup[]; aggregates?: { field: string; function: string }[]; fields?: string[]; sorts?: { field: string; direction?: string }[]; limit?: number; x?: string; y?: string; text?: string; options?: Record<string, unknown>
}
export type { DashboardName }
export type Dashboard = Omit<WholeDashboard, 'widgets'> & { widgets: Widget[] }

export interface Bucket { key: CellValue; label: string; color?: string; isOther: boolean; count: number; values?: CellValue[]; series?: (Told | null)[] }
export interface Told { count: number; values?: CellValue[] }
export interface WidgetData { type: WidgetType; total?: Told; groups?: Bucket[]; series?: Bucket[]; records?: { id: string; fields: Cells }[]; hasMore?: boolean; text?: string; fields?: Field[]; stale?: string[] }

const path = (base: string, rest = '') => `/api/bases/${base}/dashboards${rest}`
export const listDashboards = async (base: string, signal?: AbortSignal) => (await get<DashboardList>(path(base), signal)).dashboards
export const readDashboard = (base: string, id: string, signal?: AbortSignal) => get<Dashboard>(path(base, `/${id}`), signal)
export const createDashboard = (base: string, name: string) => post<Dashboard>(path(base), { name, widgets: [] })
export const changeDashboard = (base: string, id: string, change: { name?: string; widgets?: Widget[]; version?: number }) => patch<Dashboard>(path(base, `/${id}`), change)
export const removeDashboard = (base: string, id: string) => remove<unknown>(path(base, `/${id}`))
export const duplicateDashboard = (base: string, id: string) => post<Dashboard>(path(base, `/${id}/duplicate`))
export const readWidget = (base: string, dashboard: string, widget: string, signal?: AbortSignal) => get<WidgetData>(path(base, `/${dashboard}/widgets/${widget}/data`), signal)
export const previewWidget = (base: string, widget: Widget) => post<WidgetData>(path(base, '/preview'), widget)

export const readSharedWidget = async ({ token, grant }: Door, widget: string, signal?: AbortSignal) =>
  (await send<WidgetData>(`/api/shares/${encodeURIComponent(token)}/widgets/${widget}/data`, { headers: grant ? { 'PyBase-Share-Grant': grant } : {}, signal })).body
