import { Text, Title } from '@mantine/core'
import { readSharedWidget } from '../api/dashboards'
import type { Door, Shared } from '../api/shares'
import { pageTexts } from '../pageTexts'
import classes from './dashboards.module.css'
import { WidgetCard } from './WidgetCard'

/** A dashboard at the end of a link. */
export function SharedDashboard({ door, shared }: { door: Door; shared: Extract<Shared, { kind: 'dashboard' }> }) {
  return (
    <main className={classes.main}>
      <Title order={1} fz={22}>{shared.name}</Title>
      {shared.description && <Text c="dimmed">{shared.description}</Text>}
      {shared.widgets.length === 0 ? <Text c="dimmed" mt="lg">{pageTexts.shares.noRows}</Text> : (
        <div className={classes.widgets} style={{ marginTop: 16 }}>{shared.widgets.map(widget => <WidgetCard key={widget.id} widget={widget} of={door.token} read={(id, signal) => readSharedWidget(door, id, signal)} />)}</div>
      )}
    </main>
  )
}
