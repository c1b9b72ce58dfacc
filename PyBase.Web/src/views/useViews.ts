import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changeView, createView, duplicateView, listViews, removeView, type SettingsChange, type View, type ViewSettings } from '../api/views'
import { tellProblem } from '../shell/tell'

export const viewsKey = (table: string) => ['views', table] as const

export const useViews = (base: string, table: string) =>
  useQuery({ queryKey: viewsKey(table), queryFn: ({ signal }) => listViews(base, table, signal), staleTime: Infinity })

/** What can be done with the views of a table. Settings show at once; a refusal brings back what the server has. */
export function useViewCommands(base: string, table: string) {
  const queries = useQueryClient()
  const key = viewsKey(table)
  const put = (view: View) => queries.setQueryData<View[]>(key, (views = []) => (views.some(v => v.id === view.id) ? views.map(v => (v.id === view.id ? view : v)) : [...views, view]))
  const refused = (error: unknown) => {
    tellProblem(error)
    void queries.invalidateQueries({ queryKey: key })
  }
  const change = useMutation({
    mutationFn: ({ id, ...what }: { id: string; name?: string; settings?: SettingsChange }) => changeView(base, table, id, what),
    onMutate: ({ id, name, settings }) => {
      queries.setQueryData<View[]>(key, views => views?.map(v => (v.id === id ? { ...v, name: name ?? v.name, settings: withSettings(v.settings, settings) } : v)))
    },
    onError: refused,
  })
  const create = useMutation({ mutationFn: (view: { name: string; type: string; settings?: ViewSettings }) => createView(base, table, view), onSuccess: put, onError: refused })
  const duplicate = useMutation({ mutationFn: ({ id, name }: { id: string; name: string }) => duplicateView(base, table, id, name), onSuccess: put, onError: refused })
  const remove = useMutation({
    mutationFn: (id: string) => removeView(base, table, id),
    onSuccess: (_, id) => queries.setQueryData<View[]>(key, views => views?.filter(v => v.id !== id)),
    onError: refused,
  })
  return { change, create, duplicate, remove }
}

/** A property replaces the one of the same name; `null` takes it away. */
export function withSettings(settings: ViewSettings, change: SettingsChange | undefined): ViewSettings {
  return Object.fromEntries(Object.entries({ ...settings, ...change }).filter(([, value]) => value !== null && value !== undefined)) as ViewSettings
}
