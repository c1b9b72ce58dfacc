import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { listNotifications, readNotifications } from '../api/notifications'
import { useHub, useHubState } from '../live/LiveProvider'
import { tellProblem } from '../shell/tell'
import { withNotified, withRead, type Pages } from './notificationPages'

const KEY = ['notifications'] as const

/** What the reader was told, newest first; the hub adds to it. */
export function useNotifications() {
  const hub = useHub()
  const state = useHubState()
  const queries = useQueryClient()
  const wasOffline = useRef(false)
  useEffect(() => hub.onNotified(told => {
    queries.setQueryData<Pages>(KEY, data => data && withNotified(data, told))
    // A list that is on its way was perhaps read before this.
    if (queries.isFetching({ queryKey: KEY })) void queries.invalidateQueries({ queryKey: KEY })
  }), [hub, queries])
  useEffect(() => {
    // The hub tells again only of the last half minute.
    if (state === 'live' && wasOffline.current) void queries.invalidateQueries({ queryKey: KEY })
    wasOffline.current = state === 'offline'
  }, [state, queries])
  return useInfiniteQuery({
    queryKey: KEY,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => listNotifications(pageParam, signal),
    getNextPageParam: page => page.cursor ?? undefined,
    staleTime: 5 * 60_000,
  })
}

/** Shown as read at once; a refusal brings back what the server has. */
export function useReadNotifications() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (ids: string[] | null) => readNotifications(ids ? { ids } : { all: true }),
    onMutate: ids => {
      queries.setQueryData<Pages>(KEY, data => data && withRead(data, ids, new Date().toISOString()))
    },
    onError: error => {
      tellProblem(error)
      void queries.invalidateQueries({ queryKey: KEY })
    },
  })
}
