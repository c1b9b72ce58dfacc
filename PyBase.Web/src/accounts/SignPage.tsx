import { Alert, Anchor, Stack, Text, Title } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { Link, Navigate, useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { Logo } from '../shell/Logo'
import { useTitle } from '../shell/useTitle'
import { texts } from '../texts'
import { SignForm } from './SignForm'
import classes from './SignPage.module.css'
import { rememberAccount, useForgetSession, useMe } from './useMe'

const t = texts.accounts

// Few need them: what everybody loads first stays small.
const CodeForm = lazy(() => import('./CodeForm'))
const Providers = lazy(() => import('./Providers'))

export function SignPage({ mode }: { mode: 'sign-in' | 'sign-up' }) {
  const { secret } = useParams()
  const location = useLocation()
  const navigate = useNavigate()
  const forget = useForgetSession()
  const me = useMe()
  const from = (location.state as { from?: string } | null)?.from ?? '/'
  const [search] = useSearchParams()
  const [ticket, setTicket] = useState<string | null>(null)
  const arrival = search.get('problem')
  const signUp = mode === 'sign-up'
  useTitle(signUp ? t.signUp : t.signIn)

  if (me.data && !secret) return <Navigate to={from} replace />

  const done = () => {
    rememberAccount()
    forget()
    void navigate(from, { replace: true })
  }
  const title = secret ? t.joinTitle : signUp ? t.signUpTitle : t.signInTitle
  const lead = secret ? t.joinLead : signUp ? t.signUpLead : t.signInLead
  return (
    <div className={classes.page}>
      <main className={classes.form}>
        <Stack gap="lg" w="100%" maw={360}>
          <div className={classes.brand}><Logo size={32} /><span>{texts.product}</span></div>
          {ticket ? <Suspense><CodeForm ticket={ticket} onDone={done} onBack={() => setTicket(null)} /></Suspense> : (
            <>
              <div>
                <Title order={1} fz={26}>{title}</Title>
                <Text c="dimmed" mt={4}>{lead}</Text>
              </div>
              {arrival && <Arrival problem={arrival} />}
              <SignForm key={mode} mode={mode} invitation={secret} onNeedsCode={setTicket} onDone={done} />
              {!secret && <Suspense><Providers back={from} /></Suspense>}
              <Text size="sm" c="dimmed">
                {signUp ? t.haveAccount : t.noAccount}{' '}
                <Anchor component={Link} to={signUp ? '/sign-in' : '/sign-up'} state={location.state} fw={550} data-testid="sign-switch">
                  {signUp ? t.signIn : t.signUp}
                </Anchor>
              </Text>
              {!signUp && (
                <Anchor component={Link} to="/forgotten" size="sm" fw={550} data-testid="forgot-password">{texts.accounts.forgot}</Anchor>
              )}
            </>
          )}
        </Stack>
      </main>
      <aside className={classes.side} aria-hidden="true">
        <Assembly />
        <div className={classes.points}>
          {t.points.map(([head, text]) => (
            <div key={head}><b>{head}</b><span>{text}</span></div>
          ))}
        </div>
      </aside>
    </div>
  )
}

/** Somebody comes back from a provider and is not signed in. */
function Arrival({ problem }: { problem: string }) {
  const [title, hint] = t.arrivals[problem] ?? t.arrivals['external-sign-in-failed']!
  return <Alert color="red" title={title} role="alert" data-testid="sign-arrival">{hint}</Alert>
}

/** An exploded assembly in isometric lines: what the product is about, in one picture. */
function Assembly() {
  const plate = (y: number, h: number, r: number, opacity: number) => (
    <g opacity={opacity} key={y}>
      <path d={`M40 ${y} 160 ${y - 60} 280 ${y} 160 ${y + 60}z`} className={classes.top} />
      <path d={`M40 ${y}v${h}L160 ${y + 60 + h} 280 ${y + h}v${-h}L160 ${y + 60}z`} className={classes.body} />
      <path d={`M160 ${y + 60}v${h}`} />
      <ellipse cx="160" cy={y} rx={r} ry={r / 2} />
      <ellipse cx="160" cy={y} rx={r * 0.62} ry={r * 0.31} />
      {[[-72, 0], [72, 0], [0, -36], [0, 36]].map(([dx, dy]) => (
        <ellipse key={`${dx},${dy}`} cx={160 + dx!} cy={y + dy!} rx="7" ry="3.5" />
      ))}
    </g>
  )
  return (
    <svg viewBox="0 0 320 400" className={classes.art}>
      <path d="M160 20v360" strokeDasharray="10 4 2 4" opacity=".5" />
      {plate(310, 16, 44, 0.6)}
      {plate(205, 26, 44, 0.8)}
      {plate(95, 12, 30, 1)}
    </svg>
  )
}
