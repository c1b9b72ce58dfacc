import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Outbox } from '../rows/outbox'
import { Hub } from './hub'

const HubContext = createContext<{ hub: Hub; outbox: Outbox } | null>(null)

/** The connection lives as long as somebody is signed in. */
export function LiveProvider({ person, children }: { person: string; children: ReactNode }) {
  const [live] = useState(() => {
    const hub = new Hub()
    return { hub, outbox: new Outbox(hub) }
  })
  const { hub, outbox } = live
  useEffect(() => {
    hub.start()
    outbox.restore(person)
    return () => hub.stop()
  }, [hub, outbox, person])
  return <HubContext.Provider value={live}>{children}</HubContext.Provider>
}

function useLive() {
  const live = useContext(HubContext)
  if (!live) throw new Error('No LiveProvider above')
  return live
}

export const useHub = (): Hub => useLive().hub
export const useOutbox = (): Outbox => useLive().outbox

export function useHubState() {
  const hub = useHub()
  return useSyncExternalStore(hub.onState, () => hub.state)
}
