import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import type { JobTable } from '../api/types'
import { pageTexts } from '../pageTexts'
import { useTables } from '../tables/useTables'
import { findByLocator } from './findByLocator'

/** The record of these tables that was read at one of these places of a file: null when there is none, undefined until that is known. */
export function useRecordAt(base: string, tables: readonly JobTable[], places: readonly string[]) {
  const known = useTables(base).data?.tables
  return useQuery({
    queryKey: ['record-at', tables.map(x => x.id), places], enabled: Boolean(known),
    queryFn: ({ signal }) => findByLocator(base, tables.flatMap(x => known!.find(table => table.id === x.id) ?? []), places, signal),
  }).data
}

/** Leads to it. */
export function RecordButton({ base, found, onLeave, testId }: { base: string; found: NonNullable<ReturnType<typeof useRecordAt>>; onLeave: () => void; testId: string }) {
  const navigate = useNavigate()
  return <Button size="compact-sm" variant="light" style={{ flex: 'none' }} onClick={() => { onLeave(); void navigate(`/bases/${base}/${found.table.id}?record=${found.record}`) }} data-testid={testId}>{pageTexts.models.record}</Button>
}
