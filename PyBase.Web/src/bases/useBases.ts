import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createBase, listBases } from '../api/bases'
import type { Base } from '../api/types'
import { tellProblem } from '../shell/tell'
import { starterTable } from './starterTable'

export const BASES = ['bases'] as const

export const useBases = () => useQuery({ queryKey: BASES, queryFn: ({ signal }) => listBases(signal), staleTime: 30_000 })

export function useCreateBase() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (base: { name: string; workspaceId: string }) => createBase({ ...base, tables: [starterTable()] }),
    onSuccess: (made, { name, workspaceId }) => {
      queries.setQueryData<Base[]>(BASES, (bases = []) => [...bases, { id: made.id, name, permissionLevel: 'create', workspaceId }])
      void queries.invalidateQueries({ queryKey: BASES })
    },
    onError: tellProblem,
  })
}
