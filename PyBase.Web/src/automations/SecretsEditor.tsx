import { ActionIcon, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { pageTexts } from '../pageTexts'

const t = pageTexts.automations
type Changes = Record<string, string | null>

/** Keys and passwords of other systems: written, and never read again. */
export function SecretsEditor({ kept, changes, onChange }: { kept: readonly string[]; changes: Changes; onChange: (changes: Changes) => void }) {
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const names = [...new Set([...kept, ...Object.keys(changes)])].filter(n => changes[n] !== null)
  const add = () => { onChange({ ...changes, [name.trim()]: value }); setName(''); setValue('') }
  return (
    <Stack gap={6}>
      {names.map(n => (
        <Group key={n} gap="xs">
          <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>{`{{secrets.${n}}}`}</Text>
          <ActionIcon variant="subtle" color="red" aria-label={t.secretRemove(n)} onClick={() => onChange({ ...changes, [n]: null })}><IconTrash size={16} /></ActionIcon>
        </Group>
      ))}
      <Group gap={6} align="flex-end">
        <TextInput size="sm" w={170} label={t.secretName} value={name} maxLength={60} onChange={e => setName(e.currentTarget.value.replace(/[^A-Za-z0-9_-]/g, ''))} autoComplete="off" data-testid="secret-name" />
        <PasswordInput size="sm" w={220} label={t.secretValue} value={value} maxLength={5000} onChange={e => setValue(e.currentTarget.value)} autoComplete="new-password" data-testid="secret-value" />
        <Button variant="default" size="sm" disabled={!name || !value} onClick={add} data-testid="secret-add">{t.secretAdd}</Button>
      </Group>
    </Stack>
  )
}
