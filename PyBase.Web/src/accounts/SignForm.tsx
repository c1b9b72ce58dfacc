import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { signIn, signUp } from '../api/accounts'
import { problemFrom, type Problem } from '../api/problem'
import { texts } from '../texts'

const t = texts.accounts

interface Props { mode: 'sign-in' | 'sign-up'; invitation?: string; onNeedsCode: (ticket: string) => void; onDone: () => void }

export function SignForm({ mode, invitation, onNeedsCode, onDone }: Props) {
  const [form, setForm] = useState({ name: '', email: '', password: '', setupCode: '' })
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asksCode, setAsksCode] = useState(false)
  const [busy, setBusy] = useState(false)
  const up = mode === 'sign-up'

  const input = (key: keyof typeof form) => ({
    value: form[key],
    onChange: (e: { currentTarget: { value: string } }) => setForm({ ...form, [key]: e.currentTarget.value }),
    error: problem?.fields[key],
    'data-testid': `${mode}-${key === 'setupCode' ? 'setup-code' : key}`,
    size: 'md' as const,
    required: true,
    withAsterisk: false,
  })

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    const { name, email, password, setupCode } = form
    try {
      await (up
        ? signUp({ name, email, password, ...(invitation && { invitation }), ...(setupCode && { setupCode: setupCode.trim() }) })
        : signIn({ email, password }))
      onDone()
    } catch (error) {
      const said = problemFrom(error)
      if (said.code === 'second-factor-needed' && said.ticket) return onNeedsCode(said.ticket)
      if (said.code.startsWith('setup-code')) setAsksCode(true)
      setProblem(said)
      setBusy(false)
    }
  }

  // What belongs to a field stands at the field; the rest stands above the button.
  const general = problem && Object.keys(problem.fields).length === 0 ? problem : null
  return (
    <form onSubmit={event => void submit(event)} aria-busy={busy}>
      <Stack gap="md">
        {up && <TextInput label={t.name} autoComplete="name" autoFocus {...input('name')} />}
        <TextInput label={t.email} type="email" autoComplete={up ? 'email' : 'username'} autoFocus={!up} {...input('email')} />
        <PasswordInput
          label={t.password}
          description={up ? t.passwordHint : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete={up ? 'new-password' : 'current-password'}
          {...input('password')}
        />
        {asksCode && (
          <TextInput
            label={t.setupCode}
            description={t.setupCodeHint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="off"
            autoFocus
            {...input('setupCode')}
          />
        )}
        {general && (
          <Alert color={general.code === 'setup-code-required' ? 'petrol' : 'red'} title={general.message} data-testid="sign-problem" role="alert">
            {general.hint}
          </Alert>
        )}
        <Button type="submit" size="md" loading={busy} data-testid={`${mode}-submit`}>{up ? t.signUp : t.signIn}</Button>
      </Stack>
    </form>
  )
}
