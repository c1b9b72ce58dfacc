import { useEffect } from 'react'

/** What is loaded when it is needed is fetched once the page is quiet: without a connection a record, a menu or a conflict can still be opened. */
export function useReadyOffline() {
  useEffect(() => {
    const timer = setTimeout(() => {
      const parts = [import('../records/RecordDrawer'), import('../grid/CellMenu'), import('../grid/FieldMenu'), import('../grid/BulkEditDialog'), import('./ConflictsDialog')]
      void Promise.allSettled(parts)
    }, 4_000)
    return () => clearTimeout(timer)
  }, [])
}
