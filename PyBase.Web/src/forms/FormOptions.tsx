import { Button, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Field } from '../api/types'
import { FieldGlyph } from '../fields/FieldGlyph'
import { momentInput, momentOf } from '../fields/dates'
import { KeptText } from '../shell/KeptText'
import { pageTexts } from '../pageTexts'

const t = pageTexts.forms

interface Props { options: Record<string, unknown>; left: readonly Field[]; onAsk: (field: Field) => void; onChange: (change: Record<string, unknown>) => void }

/** What is not asked yet, what follows when it was sent, and until when it takes answers. */
export function FormOptions({ options, left, onAsk, onChange }: Props) {
  const text = (name: string) => String(options[name] ?? '')
  const keep = (name: string) => (value: string) => onChange({ [name]: value.trim() || null })
  const redirect = text('redirectUrl')
  return (
    <Stack gap="sm">
      {left.length > 0 && (
        <Stack gap={4}>
          <Text fw={600} size="sm">{t.left}</Text>
          {left.map(field => (
            <Button key={field.id} variant="default" size="compact-sm" justify="space-between" rightSection={<IconPlus size={14} />} leftSection={<FieldGlyph type={field.type} />} onClick={() => onAsk(field)} data-testid={`ask-${field.name}`}>{field.name}</Button>
          ))}
        </Stack>
      )}
      <Text fw={600} size="sm" mt="xs">{t.after}</Text>
      <KeptText label={t.successMessage} long placeholder={pageTexts.shares.thanksLead} value={text('successMessage')} onKeep={keep('successMessage')} />
      <KeptText label={t.redirectUrl} type="url" placeholder="https://" value={redirect} onKeep={value => (value === '' || /^https?:\/\/./i.test(value)) && keep('redirectUrl')(value)} />
      <Text fw={600} size="sm" mt="xs">{t.closing}</Text>
      <Switch label={t.closed} checked={options.closed === true} onChange={e => onChange({ closed: e.currentTarget.checked || null })} data-testid="form-closed" />
      <TextInput label={t.openUntil} type="datetime-local" max="9999-12-31T23:59" value={momentInput(text('openUntil'), undefined)} onChange={e => onChange({ openUntil: momentOf(e.currentTarget.value, undefined) })} />
      <KeptText label={t.closedText} long placeholder={pageTexts.shares.closedLead} value={text('closedText')} onKeep={keep('closedText')} />
      <Switch label={t.branding} checked={options.showBranding !== false} onChange={e => onChange({ showBranding: e.currentTarget.checked })} />
    </Stack>
  )
}
