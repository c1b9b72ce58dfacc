import { useComputedColorScheme } from '@mantine/core'
import { ArcElement, BarController, BarElement, CategoryScale, Chart, DoughnutController, Filler, Legend, LinearScale, LineController, LineElement, PieController, PointElement, ScatterController, Tooltip, type ChartConfiguration } from 'chart.js'
import { useEffect, useRef } from 'react'
import type { Widget, WidgetData } from '../api/dashboards'
import { pageTexts } from '../pageTexts'
import { isWhole, labelOf, labelOfTold, showTold, valueOf } from './told'
import classes from './dashboards.module.css'

Chart.register(ArcElement, BarController, BarElement, CategoryScale, DoughnutController, Filler, Legend, LinearScale, LineController, LineElement, PieController, PointElement, ScatterController, Tooltip)

const hues = [174, 216, 26, 268, 140, 330, 46, 196, 2]
const named: Record<string, number> = { blue: 216, cyan: 196, teal: 174, green: 140, yellow: 46, orange: 26, red: 2, pink: 330, purple: 268 }
/** A choice has its own colour, others take turns. */
function paint(n: number, colour: string | undefined, dark: boolean) {
  const name = /^[a-z]+/.exec(colour ?? '')?.[0] ?? ''
  if (name === 'gray') return dark ? '#8b979c' : '#7d898e'
  return `hsl(${named[name] ?? hues[n % hues.length]!} 52% ${dark ? 58 : 42}%)`
}

const number = (value: unknown) => (typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : null)

/** Charts are drawn on a canvas; a table beside it says the same to who does not see it. */
export function WidgetChart({ widget, data }: { widget: Widget; data: WidgetData }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const dark = useComputedColorScheme('light') === 'dark'
  useEffect(() => {
    if (!canvas.current) return
    const chart = new Chart(canvas.current, configOf(widget, data, dark))
    return () => chart.destroy()
  }, [widget, data, dark])
  const label = `${widget.title ?? ''} ${labelOfTold(widget, data)}`.trim()
  return (
    <div className={classes.chart} data-testid="chart">
      <canvas ref={canvas} role="img" aria-label={label} />
      <table className="visually-hidden">
        <caption>{label}</caption>
        <tbody>{(data.groups ?? []).map((group, n) => <tr key={n}><th scope="row">{labelOf(group)}</th><td>{showTold(widget, data, group)}</td></tr>)}</tbody>
      </table>
    </div>
  )
}

function configOf(widget: Widget, data: WidgetData, dark: boolean): ChartConfiguration {
  const [ink, line] = dark ? ['#b9c3c7', '#2b3338'] : ['#4a565b', '#e2e7e8']
  const kind = widget.chart ?? 'bar'
  const round = kind === 'pie' || kind === 'donut'
  const groups = data.groups ?? []
  const many = data.series ?? []
  const datasets = kind === 'scatter'
    ? [{ label: '', backgroundColor: paint(0, undefined, dark), data: (data.records ?? []).map(r => ({ x: number(r.fields[widget.x!]) ?? 0, y: number(r.fields[widget.y!]) ?? 0 })) }]
    : many.length
      ? many.map((series, n) => ({ label: labelOf(series), data: groups.map(g => number(valueOf(g.series?.[n]))), backgroundColor: paint(n, series.color, dark), borderColor: paint(n, series.color, dark), fill: kind === 'area', tension: 0.25 }))
      : Array.from({ length: round ? 1 : Math.max(1, widget.aggregates?.length ?? 1) }, (_, n) => {
        const colours = groups.map((g, i) => paint(round || g.color ? i : n, g.color, dark))
        const plain = kind === 'line' || kind === 'area' || (!round && !groups.some(g => g.color))
        return { label: labelOfTold(widget, data, n), data: groups.map(g => number(valueOf(g, n))), backgroundColor: plain ? paint(n, undefined, dark) : colours, borderColor: plain ? paint(n, undefined, dark) : round ? (dark ? '#191f22' : '#fff') : colours, borderWidth: round ? 2 : kind === 'bar' ? 0 : 2, fill: kind === 'area', tension: 0.25, borderRadius: kind === 'bar' ? 4 : 0 }
      })
  const axis = { ticks: { color: ink }, grid: { color: line }, border: { color: line } }
  return {
    type: kind === 'donut' ? 'doughnut' : kind === 'area' ? 'line' : kind,
    data: { labels: groups.map(labelOf), datasets },
    options: {
      responsive: true, maintainAspectRatio: false, animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 250 },
      font: { family: "'Inter Variable', system-ui, sans-serif" },
      plugins: { legend: { display: round || datasets.length > 1, position: round ? 'right' : 'top', labels: { color: ink, boxWidth: 12 } }, tooltip: { enabled: true } },
      scales: round ? {} : {
        x: { ...axis, stacked: kind === 'bar' && many.length > 0, grid: { display: false }, title: { display: kind === 'scatter', text: data.fields?.find(f => f.id === widget.x)?.name, color: ink } },
        y: { ...axis, ticks: { color: ink, precision: isWhole(widget) ? 0 : undefined }, stacked: kind === 'bar' && many.length > 0, beginAtZero: kind !== 'scatter', title: { display: true, text: kind === 'scatter' ? data.fields?.find(f => f.id === widget.y)?.name : many.length || datasets.length === 1 ? labelOfTold(widget, data) : pageTexts.dashboards.value, color: ink } },
      },
    },
  } as ChartConfiguration
}
