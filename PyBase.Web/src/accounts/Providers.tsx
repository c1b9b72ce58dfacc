import { Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listProviders } from '../api/accounts'
import { texts } from '../texts'

const t = texts.accounts

/** A button for each provider of the installation; nothing where there is none. */
export default function Providers({ back }: { back: string }) {
  const providers = useQuery({ queryKey: ['providers'], queryFn: ({ signal }) => listProviders(signal), staleTime: Infinity })
  if (!providers.data?.length) return null
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed" ta="center">{t.or}</Text>
      {providers.data.map(({ name, title, url }) => (
        <Button key={name} component="a" href={`${url}?return=${encodeURIComponent(back)}`} variant="default" size="md" data-testid="sign-in-provider">{t.withProvider(title)}</Button>
      ))}
    </Stack>
  )
}
