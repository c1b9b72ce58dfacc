import { listNamed } from '../api/records'
import type { Table } from '../api/types'

/** The first record of these tables that was read at one of these places of a file, or inside of it. */
export async function findByLocator(base: string, tables: readonly Table[], locators: readonly string[], signal?: AbortSignal) {
  const places = locators.map(place => place.replace(/[\\'"]/g, ''))
  const filterByFormula = `OR(${places.flatMap(place => [`{Locator}='${place}'`, `LEFT({Locator},${place.length + 1})='${place}/'`]).join(',')})`
  for (const table of places.length ? tables.filter(x => x.fields.some(f => f.name === 'Locator' && f.type === 'singleLineText')) : []) {
    const [record] = await listNamed(base, table.id, table.primaryFieldId, { filterByFormula, pageSize: 1 }, signal)
    if (record) return { table, record: record.id, name: String(record.fields[table.primaryFieldId] ?? '') }
  }
  return null
}
