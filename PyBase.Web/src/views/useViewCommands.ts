import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createView, duplicateView, removeView } from '../api/viewCommands'
import type { View, ViewSettings } from '../api/views'
import { tellProblem } from '../shell/tell'
import { useViewChange, viewsKey } from './useViews'

/** What can be done with the views of a table. */
export function useViewCommands(base: string, table: string) {
  const queries = useQueryClient()
  const key = viewsKey(table)
  const put = (view: View) => queries.setQueryData<View[]>(key, (views = []) => (views.some(v => v.id === view.id) ? views.map(v => (v.id === view.id ? view : v)) : [...views, view]))
  const refused = (error: unknown) => {
    tellProblem(error)
    void queries.invalidateQueries({ queryKey: key })
  }
  const change = useViewChange(base, table)
  const create = useMutation({ mutationFn: (view: { name: string; type: string; settings?: ViewSettings }) => createView(base, table, view), onSuccess: put, onError: refused })
  const duplicate = useMutation({ mutationFn: ({ id, name }: { id: string; name: string }) => duplicateView(base, table, id, name), onSuccess: put, onError: refused })
  const remove = useMutation({
    mutationFn: (id: string) => removeView(base, table, id),
    onSuccess: (_, id) => queries.setQueryData<View[]>(key, views => views?.filter(v => v.id !== id)),
    onError: refused,
  })
  return { change, create, duplicate, remove }
}
