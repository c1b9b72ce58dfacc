import type { Table } from '../api/types'

let last: string | undefined

/** What is made next is most likely about this table. */
export const lookAt = (table: string) => void (last = table)

/** The tables, that which was looked at last before the others. */
export const lastFirst = (tables: readonly Table[]): Table[] => [...tables].sort((a, b) => Number(b.id === last) - Number(a.id === last))
