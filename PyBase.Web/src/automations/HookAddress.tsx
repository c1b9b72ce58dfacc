import { Alert, Button, Code, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { CopyText } from '../accounts/CopyText'
import { newHook, type Automation } from '../api/automations'
import { pageTexts } from '../pageTexts'
import { tellProblem } from '../shell/tell'

const t = pageTexts.automations

/** Where another system begins the automation; the address is shown once. */
export function HookAddress({ base, automation, onMade }: { base: string; automation: Automation; onMade: () => void }) {
  const make = useMutation({ mutationFn: () => newHook(base, automation.id), onSuccess: onMade, onError: tellProblem })
  return (
    <div style={{ padding: '0 16px 16px' }}>
      {make.data && (
        <Alert color="petrol" title={t.hookOnce} mb="sm">
          <Group gap="xs" wrap="nowrap"><Code style={{ overflowWrap: 'anywhere' }} data-testid="hook-url">{make.data}</Code><CopyText text={make.data} /></Group>
        </Alert>
      )}
      <Button size="sm" variant="default" loading={make.isPending} onClick={() => make.mutate()} data-testid="hook-make">{automation.hasHook ? t.hookAnew : t.hookMake}</Button>
      {automation.hasHook && !make.data && <Text size="xs" c="dimmed" mt={6}>{t.hookThere}</Text>}
    </div>
  )
}
