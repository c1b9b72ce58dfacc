import { useEffect } from 'react'
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router'
import { onFactorOwed, onSignedOut } from '../api/http'
import { problemFrom } from '../api/problem'
import { LiveProvider } from '../live/LiveProvider'
import { Centered, Failed } from '../shell/States'
import { texts } from '../texts'
import { hasAccount, useForgetSession, useMe } from './useMe'

/** Everything below needs a session; without one the visitor comes back here after signing in. */
export function RequireAccount() {
  const me = useMe()
  const location = useLocation()
  const navigate = useNavigate()
  const forget = useForgetSession()
  const from = location.pathname + location.search
  const door = hasAccount() ? '/sign-in' : '/sign-up'

  useEffect(() => {
    onSignedOut(() => {
      forget()
      void navigate('/sign-in', { state: { from } })
    })
    onFactorOwed(() => void navigate('/second-factor', { replace: true, state: { from } }))
    return () => {
      onSignedOut(() => {})
      onFactorOwed(() => {})
    }
  }, [forget, navigate, from])

  if (me.isPending) return <Centered />
  if (me.isError) {
    if (problemFrom(me.error).status === 401) return <Navigate to={door} replace state={{ from }} />
    return <Failed title={texts.errors.unreachable} error={me.error} onRetry={() => void me.refetch()} />
  }
  return (
    <LiveProvider key={me.data.user.id} person={me.data.user.id}>
      <Outlet />
    </LiveProvider>
  )
}
