import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './shares.module.css'

/** A page that says one thing. */
export function Notice({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <main className={classes.notice} data-testid="share-notice">
      <Title order={1} fz={24}>{title}</Title>
      <Text c="dimmed" mt={6} className={classes.lines}>{children}</Text>
      {action}
    </main>
  )
}
