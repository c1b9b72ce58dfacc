import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { problemFrom } from '../api/problem'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

interface Props { lead?: string; action: string; color?: string; act: (password: string) => Promise<void>; onCancel?: () => void }

/** What takes the password again. */
export function PasswordForm({ lead, action, color, act, onCancel }: Props) {
  const [password, setPassword] = useState('')
  const sent = useMutation({ mutationFn: act })
  const problem = sent.isError ? problemFrom(sent.error) : null
  return (
    <form onSubmit={event => { event.preventDefault(); sent.mutate(password) }}>
      <Stack gap="sm" maw={360}>
        {lead && <Text size="sm">{lead}</Text>}
        <PasswordInput
          label={pageTexts.security.password}
          autoComplete="current-password"
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
          error={problem && (problem.code === 'password-wrong' ? problem.message : `${problem.message} ${problem.hint ?? ''}`)}
          required
          withAsterisk={false}
          autoFocus
          data-testid="factor-password"
        />
        <Group gap="xs">
          <Button type="submit" color={color} loading={sent.isPending} data-testid="factor-password-submit">{action}</Button>
          {onCancel && <Button variant="default" onClick={onCancel}>{texts.cancel}</Button>}
        </Group>
      </Stack>
    </form>
  )
}
