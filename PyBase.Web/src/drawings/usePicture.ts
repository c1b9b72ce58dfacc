import { useQuery } from '@tanstack/react-query'
import { CLIENT_HEADER, get } from '../api/http'
import { problemOf } from '../api/problem'
import type { SheetsOfFile } from '../api/generated'

const SOON = 700

/** Nothing of the kind, not yet, an SVG, or where else it is. */
export type Drawn = 'none' | 'drawing' | { svg: string } | { address: string }

/** What a file looks like: an SVG as text, or else the address of a picture. Drawn when somebody looks for the first time; until then it is asked for again. */
export function usePicture(address: string, enabled: boolean) {
  return useQuery<Drawn>({
    queryKey: ['picture', address], enabled, retry: false, staleTime: Infinity, refetchInterval: query => (query.state.data === 'drawing' ? SOON : false),
    queryFn: async ({ signal }) => {
      const answer = await fetch(address, { headers: CLIENT_HEADER, credentials: 'same-origin', signal })
      if (answer.status === 202) return 'drawing'
      if (answer.status === 404) return 'none'
      if (!answer.ok) throw problemOf(answer.status, await answer.json().catch(() => undefined))
      return answer.headers.get('Content-Type')?.startsWith('image/svg') ? { svg: await answer.text() } : { address }
    },
  })
}

/** The names of its layouts or pages, known when the first of them has been drawn. */
export const useSheets = (base: string, file: string) => useQuery<string[] | null>({
  queryKey: ['sheets', file], retry: false, staleTime: Infinity, refetchInterval: query => (query.state.data === null ? SOON : false),
  queryFn: async ({ signal }) => (await get<SheetsOfFile | undefined>(`/api/bases/${base}/files/${file}/sheets`, signal))?.sheets ?? null,
})
