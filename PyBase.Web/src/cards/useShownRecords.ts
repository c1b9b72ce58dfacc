import { useEffect, useMemo } from 'react'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'

/** Cards are shown of so many records; a filter chooses which. */
export const MOST_CARDS = 1_000

/** The first records of the query, all loaded. */
export function useShownRecords(store: RowStore, state: RowStoreState): string[] {
  const most = Math.min(MOST_CARDS, state.count)
  useEffect(() => store.look(0, most), [store, most, state.arranged])
  return useMemo(() => Array.from({ length: most }, (_, place) => store.idAt(place)).filter((id): id is string => id !== undefined),
    // The ids are read from the store, whose state says when they may have changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [store, most, state.arranged])
}
