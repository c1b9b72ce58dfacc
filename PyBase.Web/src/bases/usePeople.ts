import { useQuery } from '@tanstack/react-query'
import { get } from '../api/http'
import type { Person } from '../api/types'

interface Collaborator { userId: string; email: string; name?: string }
interface BaseMetadata { individualCollaborators?: { baseCollaborators?: Collaborator[]; workspaceCollaborators?: Collaborator[] } }

/** Everybody who may enter the base. */
export const usePeople = (base: string) =>
  useQuery({
    queryKey: ['people', base], staleTime: 60_000,
    queryFn: async ({ signal }): Promise<Person[]> => {
      const { individualCollaborators: people } = await get<BaseMetadata>(`/v0/meta/bases/${base}?include=collaborators`, signal)
      return [...(people?.baseCollaborators ?? []), ...(people?.workspaceCollaborators ?? [])].map(p => ({ id: p.userId, email: p.email, name: p.name ?? '' }))
    },
  })
