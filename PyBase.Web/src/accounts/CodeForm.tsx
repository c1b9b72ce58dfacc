import { Alert, Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { signInWithCode } from '../api/accounts'
import { problemFrom, type Problem } from '../api/problem'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

const t = { ...texts.accounts, ...pageTexts.accounts }

interface Props { ticket: string; onDone: () => void; onBack: () => void }

/** The second step of signing in: the code of the app, or a recovery code. */
export default function CodeForm({ ticket, onDone, onBack }: Props) {
  const [recovers, setRecovers] = useState(false)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await signInWithCode({ ticket, code })
      onDone()
    } catch (error) {
      setProblem(problemFrom(error))
      setCode('')
      setBusy(false)
    }
  }

  const change = () => {
    setRecovers(!recovers)
    setCode('')
    setProblem(null)
  }
  return (
    <>
      <div>
        <Title order={1} fz={26}>{t.codeTitle}</Title>
        <Text c="dimmed" mt={4}>{recovers ? t.recoveryLead : t.codeLead}</Text>
      </div>
      <form onSubmit={event => void submit(event)} aria-busy={busy}>
        <Stack gap="md">
          <TextInput
            key={String(recovers)}
            label={recovers ? t.recoveryCode : t.code}
            inputMode={recovers ? 'text' : 'numeric'}
            autoComplete={recovers ? 'off' : 'one-time-code'}
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            value={code}
            onChange={event => setCode(event.currentTarget.value)}
            size="md"
            required
            withAsterisk={false}
            autoFocus
            data-testid="sign-in-code"
          />
          {problem && <Alert color="red" title={problem.message} role="alert" data-testid="sign-problem">{problem.hint}</Alert>}
          <Button type="submit" size="md" loading={busy} data-testid="sign-in-code-submit">{t.signIn}</Button>
        </Stack>
      </form>
      <Anchor component="button" type="button" size="sm" fw={550} ta="left" onClick={change} data-testid="use-recovery">{recovers ? t.useApp : t.useRecovery}</Anchor>
      <Anchor component="button" type="button" size="sm" fw={550} ta="left" onClick={onBack}>{t.startOver}</Anchor>
    </>
  )
}
