import type { Bucket, Told, Widget, WidgetData } from '../api/dashboards'
import type { CellValue } from '../api/types'
import { showSummary } from '../grid/summaries'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

const t = pageTexts.dashboards

/** What is told of so many records: the n-th function, or how many there are. */
export const valueOf = (told: Told | null | undefined, n = 0): CellValue => (!told ? null : told.values?.length ? told.values[n] : told.count)

export function showTold(widget: Widget, data: WidgetData, told: Told | null | undefined, n = 0): string {
  if (!told) return ''
  const asked = widget.aggregates?.[n]
  const field = data.fields?.find(f => f.id === asked?.field)
  return asked && field ? showSummary(field, asked.function, told.values?.[n]) : told.count.toLocaleString('en')
}

export function labelOfTold(widget: Widget, data: WidgetData, n = 0): string {
  const asked = widget.aggregates?.[n]
  const field = data.fields?.find(f => f.id === asked?.field)
  return asked && field ? t.of(texts.summaries.names[asked.function] ?? asked.function, field.name) : t.records
}

/** What stands at the head: of a widget that nobody has named, what it shows, unless a number or a text says that itself. */
export function titleOf(widget: Widget, data: WidgetData | undefined): string {
  if (widget.title?.trim()) return widget.title
  const by = (widget.groups ?? []).flatMap(group => data?.fields?.find(f => f.id === group.field)?.name ?? [])
  if (widget.type === 'chart' || widget.type === 'pivot') return data && by.length ? t.by_(labelOfTold(widget, data), by.join(', ')) : t.types[widget.type]
  return widget.type === 'list' ? t.types.list : ''
}

/** Half a record does not exist: where records are counted, an axis has whole numbers. */
export const isWhole = ({ chart, aggregates = [] }: Pick<Widget, 'chart' | 'aggregates'>) => chart !== 'scatter' && aggregates.every(asked => asked.function.startsWith('count'))

export const labelOf = (bucket: Pick<Bucket, 'label' | 'isOther'>) => (bucket.isOther ? t.others : bucket.label || t.empty)

/** Widgets one after the other, from left to right and line by line, as the page shows them. */
export function placed(widgets: readonly Widget[]): Widget[] {
  let [x, y, line] = [0, 0, 0]
  return widgets.map(widget => {
    const { width = 6, height = 4 } = widget.place ?? {}
    if (x + width > 12) [x, y, line] = [0, y + line, 0]
    const place = { x, y, width, height }
    x += width
    line = Math.max(line, height)
    return { ...widget, place }
  })
}
