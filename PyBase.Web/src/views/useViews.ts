import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { changeView, listViews, type SettingsChange, type View, type ViewSettings } from '../api/views'
import { tellProblem } from '../shell/tell'

export const viewsKey = (table: string) => ['views', table] as const

/** One after the other, in the order in which they were made: each says the whole of what it changes. */
export const viewsScope = (base: string) => ({ id: `views ${base}` })

interface ViewChange { id: string; name?: string; settings?: SettingsChange }

export const useViews = (base: string, table: string) =>
  useQuery({ queryKey: viewsKey(table), queryFn: async ({ signal, client }) => onTheirWay(client, table).reduce(changed, await listViews(base, table, signal)), staleTime: Infinity })

/** Settings show at once; a refusal brings back what the server has. */
export function useViewChange(base: string, table: string) {
  const queries = useQueryClient()
  const key = viewsKey(table)
  return useMutation({
    mutationKey: key,
    scope: viewsScope(base),
    mutationFn: ({ id, ...what }: ViewChange) => changeView(base, table, id, what),
    onMutate: change => {
      queries.setQueryData<View[]>(key, views => views && changed(views, change))
    },
    // What is being read may be older.
    onSuccess: () => { if (queries.isFetching({ queryKey: key })) void queries.invalidateQueries({ queryKey: key }) },
    onError: error => {
      tellProblem(error)
      void queries.invalidateQueries({ queryKey: key })
    },
  })
}

/** What the server does not know yet while it tells what it has. */
const onTheirWay = (queries: QueryClient, table: string) =>
  queries.getMutationCache().findAll({ mutationKey: viewsKey(table), status: 'pending' }).map(mutation => mutation.state.variables as ViewChange)

const changed = (views: View[], { id, name, settings }: ViewChange) =>
  views.map(v => (v.id === id ? { ...v, name: name ?? v.name, settings: withSettings(v.settings, settings) } : v))

/** A property replaces the one of the same name; `null` takes it away. */
export function withSettings(settings: ViewSettings, change: SettingsChange | undefined): ViewSettings {
  return Object.fromEntries(Object.entries({ ...settings, ...change }).filter(([, value]) => value !== null && value !== undefined)) as ViewSettings
}
