import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { createFromTemplate, listTemplates } from '../api/templates'
import { tellProblem } from '../shell/tell'
import { BASES } from './useBases'

export const useTemplates = () => useQuery({ queryKey: ['templates'], queryFn: ({ signal }) => listTemplates(signal), staleTime: Infinity })

/** Makes the base and opens it. */
export function useCreateFromTemplate() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: ({ template, ...base }: { template: string; workspaceId: string; name?: string }) => createFromTemplate(template, base),
    onSuccess: async made => {
      await queries.invalidateQueries({ queryKey: BASES })
      await navigate(`/bases/${made.id}`)
    },
    onError: tellProblem,
  })
}
