import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Hub } from './hub'

const HubContext = createContext<Hub | null>(null)

/** The connection lives as long as somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [hub] = useState(() => new Hub())
  useEffect(() => {
    hub.start()
    return () => hub.stop()
  }, [hub])
  return <HubContext.Provider value={hub}>{children}</HubContext.Provider>
}

export function useHub(): Hub {
  const hub = useContext(HubContext)
  if (!hub) throw new Error('No LiveProvider above')
  return hub
}

export function useHubState() {
  const hub = useHub()
  return useSyncExternalStore(hub.onState, () => hub.state)
}
