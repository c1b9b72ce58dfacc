import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Widget, WidgetData } from '../api/dashboards'
import { problemFrom } from '../api/problem'
import { Centered } from '../shell/States'
import { pageTexts } from '../pageTexts'
import classes from './dashboards.module.css'
import { titleOf } from './told'
import { WidgetBody } from './WidgetBody'

/** A widget in its place. What it shows is asked for anew every half minute while somebody looks. */
export function WidgetCard({ widget, of, read, menu }: { widget: Widget; of: string; read: (widget: string, signal: AbortSignal) => Promise<WidgetData>; menu?: ReactNode }) {
  const data = useQuery({ queryKey: ['widget', of, widget], enabled: !widget.isBroken, queryFn: ({ signal }) => read(widget.id!, signal), refetchInterval: 30_000 })
  const { width = 6, height = 4 } = widget.place ?? {}
  const title = titleOf(widget, data.data)
  const problem = data.error && problemFrom(data.error)
  return (
    <section className={classes.widget} style={{ gridColumn: `span ${width}`, gridRow: `span ${height}` }} aria-label={title || pageTexts.dashboards.types[widget.type]} data-testid="widget">
      {(title || menu) && <header data-bare={!title || undefined}>{title && <h2>{title}</h2>}{menu}</header>}
      <div className={classes.body}>
        {widget.isBroken || problem ? <Centered><Text c="dimmed" size="sm" ta="center">{problem?.code !== 'widget-broken' && problem ? `${problem.message} ${problem.hint ?? ''}` : pageTexts.dashboards.broken}</Text></Centered> : data.data ? <WidgetBody widget={widget} data={data.data} /> : <Centered />}
      </div>
    </section>
  )
}
