import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { problemFrom } from '../api/problem'
import { confirmSecondFactor, enrolSecondFactor, type Enrolled } from '../api/security'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { CopyText } from './CopyText'
import { PasswordForm } from './PasswordForm'
import { QrCode } from './QrCode'
import { RecoveryCodes } from './RecoveryCodes'

const t = pageTexts.security

interface Props { onDone: () => void; onCancel?: () => void }

/** The password, then the secret for the app and a first code of it, then the recovery codes. */
export function SecondFactorSetup({ onDone, onCancel }: Props) {
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null)
  const [code, setCode] = useState('')
  const confirm = useMutation({ mutationFn: confirmSecondFactor, onError: () => setCode('') })
  const problem = confirm.isError ? problemFrom(confirm.error) : null

  if (confirm.data) return <RecoveryCodes codes={confirm.data} onKept={onDone} />
  if (!enrolled) return <PasswordForm action={t.continue} act={async password => setEnrolled(await enrolSecondFactor(password))} onCancel={onCancel} />
  return (
    <form onSubmit={event => { event.preventDefault(); confirm.mutate(code) }}>
      <Stack gap="md">
        <Group align="flex-start" gap="lg">
          <Stack gap={6}>
            <Text size="sm" fw={550}>{t.scan}</Text>
            <QrCode text={enrolled.uri} label={t.qr} />
          </Stack>
          <Stack gap={6} align="flex-start" style={{ flex: '1 1 200px' }}>
            <Text size="sm" fw={550}>{t.type}</Text>
            <Code fz="sm" data-testid="factor-secret">{enrolled.secret.match(/.{1,4}/g)?.join(' ')}</Code>
            <CopyText text={enrolled.secret} />
          </Stack>
        </Group>
        <TextInput
          label={t.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          maw={360}
          value={code}
          onChange={event => setCode(event.currentTarget.value)}
          error={problem && `${problem.message} ${problem.code === 'code-wrong' ? '' : problem.hint ?? ''}`}
          required
          withAsterisk={false}
          autoFocus
          data-testid="factor-code"
        />
        <Group gap="xs">
          <Button type="submit" loading={confirm.isPending} data-testid="factor-confirm">{t.confirm}</Button>
          {onCancel && <Button variant="default" onClick={onCancel}>{texts.cancel}</Button>}
        </Group>
      </Stack>
    </form>
  )
}
