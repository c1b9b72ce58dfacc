import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { readTree } from '../api/tree'

/** The trees of these roots, once for each field whose values are wanted; read again with each version of the table, until when the older ones stay. */
export function usePartTrees(base: string, table: string, version: number, roots: readonly string[], ask: { link: string; quantity?: string; values: readonly string[] }) {
  const queries = useQueryClient()
  const known = useRef(version)
  useEffect(() => {
    if (known.current !== version) void queries.invalidateQueries({ queryKey: ['tree', table] })
    known.current = version
  }, [queries, table, version])
  const values = ask.values.length ? ask.values : [undefined]
  const wanted = roots.flatMap(record => values.map(value => ({ record, value })))
  return useQueries({
    queries: wanted.map(({ record, value }) => ({
      queryKey: ['tree', table, ask.link, ask.quantity, record, value],
      queryFn: ({ signal }: { signal: AbortSignal }) => readTree(base, table, { record, link: ask.link, quantity: ask.quantity, value }, signal),
    })),
    combine: answers => ({
      error: answers.find(answer => answer.isError && !answer.data)?.error,
      retry: () => answers.forEach(answer => answer.isError && void answer.refetch()),
      of: (record: string, value?: string) => answers[wanted.findIndex(w => w.record === record && w.value === (value ?? values[0]))]?.data,
    }),
  })
}
