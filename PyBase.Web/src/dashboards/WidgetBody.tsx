import { Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { Widget, WidgetData } from '../api/dashboards'
import { isNumber, shownAs } from '../fields/shownAs'
import { Centered } from '../shell/States'
import { SharedCell } from '../shares/SharedCell'
import { pageTexts } from '../pageTexts'
import classes from './dashboards.module.css'
import { labelOf, labelOfTold, showTold, titleOf } from './told'

// A chart library is not needed to see a number.
const WidgetChart = lazy(() => import('./WidgetChart').then(m => ({ default: m.WidgetChart })))
const t = pageTexts.dashboards

/** What a widget shows. */
export function WidgetBody({ widget, data }: { widget: Widget; data: WidgetData }) {
  const count = data.total?.count ?? data.records?.length
  switch (widget.type) {
    case 'text':
      return <div className={classes.text}>{data.text}</div>
    case 'number':
      return (
        <div className={classes.numbers}>
          {Array.from({ length: Math.max(1, widget.aggregates?.length ?? 0) }, (_, n) => (
            <div key={n} data-testid="number"><b>{showTold(widget, data, data.total, n)}</b><small>{labelOfTold(widget, data, n)}</small></div>
          ))}
        </div>
      )
    case 'chart':
      return count === 0 ? <Centered><Text c="dimmed" size="sm">{t.nothing}</Text></Centered> : <Suspense fallback={<Centered />}><WidgetChart widget={widget} data={data} /></Suspense>
    case 'pivot':
      return <Pivot widget={widget} data={data} />
    case 'list':
      return <Listed data={data} widget={widget} />
  }
}

function Pivot({ widget, data }: { widget: Widget; data: WidgetData }) {
  const [rows, columns] = [data.groups ?? [], data.series ?? []]
  const name = (n: number) => data.fields?.find(f => f.id === widget.groups?.[n]?.field)?.name ?? ''
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={titleOf(widget, data)}>
      <table className={classes.table} data-testid="pivot">
        <thead><tr><th scope="col">{[name(0), name(1)].filter(Boolean).join(' / ')}</th>{columns.map((c, n) => <th key={n} scope="col" className={classes.number}>{labelOf(c)}</th>)}<th scope="col" className={classes.number}>{labelOfTold(widget, data)}</th></tr></thead>
        <tbody>{rows.map((row, n) => <tr key={n}><th scope="row">{labelOf(row)}</th>{columns.map((_, c) => <td key={c} className={classes.number}>{showTold(widget, data, row.series?.[c])}</td>)}<td className={classes.number}><b>{showTold(widget, data, row)}</b></td></tr>)}</tbody>
        <tfoot><tr><th scope="row">{t.total}</th>{columns.map((c, n) => <td key={n} className={classes.number}>{showTold(widget, data, c)}</td>)}<td className={classes.number}>{showTold(widget, data, data.total)}</td></tr></tfoot>
      </table>
    </div>
  )
}

function Listed({ widget, data }: { widget: Widget; data: WidgetData }) {
  const fields = (widget.fields ?? []).flatMap(id => data.fields?.find(f => f.id === id) ?? [])
  const look = (type: string) => (isNumber(type) ? classes.number : undefined)
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={titleOf(widget, data)}>
      <table className={classes.table}>
        <thead><tr>{fields.map(f => <th key={f.id} scope="col" className={look(shownAs(f).type)}>{f.name}</th>)}</tr></thead>
        <tbody>{(data.records ?? []).map(r => <tr key={r.id}>{fields.map(f => <td key={f.id} className={look(shownAs(f).type)}><SharedCell field={f} value={r.fields[f.id]} /></td>)}</tr>)}</tbody>
      </table>
      {data.records?.length === 0 && <Text c="dimmed" size="sm" p="sm">{t.nothing}</Text>}
    </div>
  )
}
