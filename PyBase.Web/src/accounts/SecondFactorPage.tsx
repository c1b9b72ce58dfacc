import { Anchor, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { signOut } from '../api/accounts'
import { problemFrom } from '../api/problem'
import { readSecondFactor } from '../api/security'
import { Logo } from '../shell/Logo'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { useTitle } from '../shell/useTitle'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { SecondFactorSetup } from './SecondFactorSetup'
import { useForgetSession } from './useMe'

const t = pageTexts.security

/** Where the installation asks for a second factor, and somebody has none yet: nothing else opens before. */
export default function SecondFactorPage() {
  useTitle(t.requiredTitle)
  const location = useLocation()
  const navigate = useNavigate()
  const forget = useForgetSession()
  const from = (location.state as { from?: string } | null)?.from ?? '/'
  // Asked once: turned on, its recovery codes are still to be shown.
  const factor = useQuery({ queryKey: ['second-factor'], queryFn: ({ signal }) => readSecondFactor(signal), refetchOnReconnect: false, staleTime: Infinity })

  const go = (to: string) => {
    forget()
    void navigate(to, { replace: true })
  }
  if (factor.isPending) return <Centered />
  if (factor.isError) {
    if (problemFrom(factor.error).status === 401) return <Navigate to="/sign-in" replace state={{ from }} />
    return <Failed title={t.requiredTitle} error={factor.error} onRetry={() => void factor.refetch()} />
  }
  if (factor.data.enabled) return <Navigate to={from} replace />
  return (
    <Stack component="main" gap="lg" maw={560} mx="auto" px="md" py={56}>
      <Logo size={32} />
      <div>
        <Title order={1} fz={26}>{t.requiredTitle}</Title>
        <Text c="dimmed" mt={4}>{t.requiredLead}</Text>
      </div>
      <Paper withBorder p="md"><SecondFactorSetup onDone={() => go(from)} /></Paper>
      <Anchor component="button" type="button" size="sm" fw={550} ta="left" onClick={() => void signOut().then(() => go('/sign-in'), tellProblem)}>{texts.accounts.signOut}</Anchor>
    </Stack>
  )
}
