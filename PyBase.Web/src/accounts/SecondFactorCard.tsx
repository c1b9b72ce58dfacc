import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { disableSecondFactor, readSecondFactor, renewRecoveryCodes } from '../api/security'
import { Centered, Failed } from '../shell/States'
import { pageTexts } from '../pageTexts'
import { PasswordForm } from './PasswordForm'
import { RecoveryCodes } from './RecoveryCodes'
import { SecondFactorSetup } from './SecondFactorSetup'

const t = pageTexts.security

/** `vouched` is the provider that this session began with. */
export function SecondFactorCard({ vouched }: { vouched?: string }) {
  const [step, setStep] = useState<'rest' | 'setUp' | 'renew' | 'turnOff'>('rest')
  const [codes, setCodes] = useState<string[] | null>(null)
  const factor = useQuery({ queryKey: ['second-factor'], queryFn: ({ signal }) => readSecondFactor(signal) })
  const rest = () => {
    setStep('rest')
    setCodes(null)
    void factor.refetch()
  }

  if (factor.isPending) return <Centered />
  if (factor.isError) return <Failed title={t.factor} error={factor.error} onRetry={() => void factor.refetch()} />
  const { enabled, required, recoveryCodesLeft } = factor.data
  return (
    <Paper withBorder p="md" data-testid="second-factor">
      <Stack gap="sm">
        <div>
          <Group gap="xs">
            <Title order={2} fz="lg">{t.factor}</Title>
            {step !== 'setUp' && <Badge variant="light" color={enabled ? 'green' : 'gray'} data-testid="factor-state">{enabled ? t.on : t.off}</Badge>}
          </Group>
          <Text size="sm" c="dimmed" mt={4}>{vouched && !enabled ? t.factorOf(vouched) : t.factorLead}{required ? ` ${t.required}` : ''}</Text>
        </div>
        {codes ? <RecoveryCodes codes={codes} onKept={rest} />
        : step === 'setUp' ? <SecondFactorSetup onDone={rest} onCancel={rest} />
        : step === 'renew' ? <PasswordForm lead={t.renewLead} action={t.renew} act={async password => setCodes(await renewRecoveryCodes(password))} onCancel={rest} />
        : step === 'turnOff' ? <PasswordForm lead={t.turnOffLead} action={t.turnOff} color="red" act={async password => { await disableSecondFactor(password); rest() }} onCancel={rest} />
        : !enabled ? <Button onClick={() => setStep('setUp')} style={{ alignSelf: 'flex-start' }} data-testid="factor-set-up">{t.setUp}</Button>
        : (
          <Group gap="xs">
            <Text size="sm" fw={recoveryCodesLeft < 3 ? 600 : undefined} mr="auto">{t.codesLeft(recoveryCodesLeft)}</Text>
            <Button variant="default" onClick={() => setStep('renew')} data-testid="factor-renew">{t.renew}</Button>
            {!required && <Button variant="default" c="red" onClick={() => setStep('turnOff')} data-testid="factor-turn-off">{t.turnOff}</Button>}
          </Group>
        )}
      </Stack>
    </Paper>
  )
}
