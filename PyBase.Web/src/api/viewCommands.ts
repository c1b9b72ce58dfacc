import { post, remove } from './http'
import { readView, viewsPath, type View, type ViewSettings } from './views'

export const createView = async (base: string, table: string, view: { name: string; type: string; settings?: ViewSettings }) => readView(await post<View>(viewsPath(base, table), view))
export const duplicateView = async (base: string, table: string, id: string, name: string) => readView(await post<View>(`${viewsPath(base, table)}/${id}/duplicate`, { name }))
export const removeView = (base: string, table: string, id: string) => remove<{ id: string }>(`${viewsPath(base, table)}/${id}`)
