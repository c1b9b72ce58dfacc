import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { takeJob } from '../jobs/useJobs'
import { tablesKey, takeSchemaChange } from '../tables/useTables'
import { useHub } from './LiveProvider'

/** Keeps the tables and jobs of an open base current. `since` is the base's version of the loaded tables, if known. */
export function useLiveBase(base: string, ready: boolean, since: number | null) {
  const hub = useHub()
  const queries = useQueryClient()
  useEffect(() => {
    if (!ready) return
    const loadAgain = () => void queries.invalidateQueries({ queryKey: tablesKey(base) })
    const stop = hub.subscribe(base, since, {
      onChanges: message => message.changes.forEach(change => takeSchemaChange(queries, base, base, change)),
      onReload: () => {
        loadAgain()
        void queries.invalidateQueries({ queryKey: ['jobs', base] })
      },
      onEnded: reason => {
        if (reason === 'draining') return
        void queries.invalidateQueries({ queryKey: ['bases'] })
        loadAgain()
      },
    })
    const stopJobs = hub.onJob(job => takeJob(queries, base, job))
    return () => {
      stop()
      stopJobs()
    }
    // Only the version of the first load matters; later ones come through the feed itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [hub, queries, base, ready])
}
