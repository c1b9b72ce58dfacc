import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { problemFrom } from '../api/problem'
import { texts } from '../texts'

/** Something is on its way. Shows nothing for a moment, so that fast answers do not flash. */
export function Centered({ children }: { children?: ReactNode }) {
  return (
    <Center h="100%" w="100%" mih={240} p="lg">
      {children ?? <Loader size="sm" type="dots" role="status" aria-label={texts.loading} />}
    </Center>
  )
}

export function Failed({ title, error, onRetry }: { title: string; error: unknown; onRetry?: () => void }) {
  const problem = problemFrom(error)
  return (
    <Centered>
      <Stack align="center" gap={6} maw={420} role="alert">
        <Title order={2} fz="lg">{title}</Title>
        <Text c="dimmed" ta="center">{problem.message}{problem.hint ? ` ${problem.hint}` : ''}</Text>
        {/* What is not there, or not for you, is not there a second time either. */}
        {problem.status === 403 || problem.status === 404 ? <Button mt="sm" component={Link} to="/" variant="default">{texts.errors.toBases}</Button> : onRetry && <Button mt="sm" variant="default" onClick={onRetry}>{texts.retry}</Button>}
      </Stack>
    </Centered>
  )
}

export function NotFound() {
  return (
    <Centered>
      <Stack align="center" gap={6}>
        <Title order={1} fz="lg">{texts.errors.notFoundTitle}</Title>
        <Text c="dimmed" ta="center">{texts.errors.notFound}</Text>
        <Button mt="sm" component={Link} to="/" variant="default">{texts.errors.toBases}</Button>
      </Stack>
    </Centered>
  )
}
