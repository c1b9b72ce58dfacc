import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { Link, useParams } from 'react-router'
import { confirmAddress, forgottenPassword, resetPassword } from '../api/accounts'
import { unsubscribe } from '../api/notifications'
import { problemFrom, type Problem } from '../api/problem'
import { notificationTexts } from '../notifications/notificationTexts'
import { Logo } from '../shell/Logo'
import { useTitle } from '../shell/useTitle'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

const t = pageTexts.accountLinks

/** Where the links of mails about an account lead, and where a new password is asked for. */
export default function LinkPage({ mode }: { mode: 'forgotten' | 'reset' | 'confirm' | 'unsubscribe' }) {
  const { secret = '' } = useParams()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open')
  const said = mode === 'unsubscribe' ? notificationTexts.unsubscribe : t[mode]
  useTitle(said.title)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState('busy')
    setProblem(null)
    try {
      await (mode === 'forgotten' ? forgottenPassword(text) : mode === 'reset' ? resetPassword(secret, text) : mode === 'confirm' ? confirmAddress(secret) : unsubscribe(secret))
      setState('done')
    } catch (error) {
      setProblem(problemFrom(error))
      setState('open')
    }
  }

  const input = { value: text, onChange: (e: { currentTarget: { value: string } }) => setText(e.currentTarget.value), required: true, withAsterisk: false, size: 'md' as const, autoFocus: true }
  return (
    <Stack component="main" gap="lg" maw={400} mx="auto" px="md" py={72}>
      <Logo size={32} />
      <div>
        <Title order={1} fz={26}>{said.title}</Title>
        <Text c="dimmed" mt={4} data-testid="link-said">{state === 'done' ? said.done : said.lead}</Text>
      </div>
      {state !== 'done' && (
        <form onSubmit={event => void submit(event)} aria-busy={state === 'busy'}>
          <Stack gap="md">
            {mode === 'forgotten' && <TextInput label={texts.accounts.email} type="email" autoComplete="username" data-testid="link-email" {...input} />}
            {mode === 'reset' && (
              <PasswordInput
                label={t.password}
                description={texts.accounts.passwordHint}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                autoComplete="new-password"
                error={problem?.fields.password}
                data-testid="link-password"
                {...input}
              />
            )}
            {problem && !problem.fields.password && <Alert color="red" title={problem.message} role="alert">{problem.hint}</Alert>}
            <Button type="submit" size="md" loading={state === 'busy'} data-testid="link-submit">{said.action}</Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/sign-in" size="sm" fw={550}>{texts.accounts.signIn}</Anchor>
    </Stack>
  )
}
