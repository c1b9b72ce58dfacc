import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { me } from '../api/accounts'

export const ME = ['me'] as const

export const useMe = () => useQuery({ queryKey: ME, queryFn: ({ signal }) => me(signal), staleTime: 5 * 60_000 })

/** After signing in or out nothing of the former session may be left. */
export function useForgetSession() {
  const queries = useQueryClient()
  return useCallback(() => queries.clear(), [queries])
}

const SEEN = 'pybase-has-account'
/** Whether somebody has signed in from this browser: decides whether a visitor sees sign-in or sign-up first. */
export const hasAccount = () => localStorage.getItem(SEEN) === '1'
export const rememberAccount = () => localStorage.setItem(SEEN, '1')
