import { createContext, useContext } from 'react'
import type { Table } from '../api/types'

/** Where the cells being edited are: editors ask the server for records and people of this base. */
export interface GridPlace { base: string; tables: readonly Table[] }

export const GridPlaceContext = createContext<GridPlace>({ base: '', tables: [] })
export const useGridPlace = () => useContext(GridPlaceContext)
