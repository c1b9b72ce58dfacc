import { SegmentedControl, Select, Text } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Table } from '../api/types'
import type { SettingsChange, ViewSettings } from '../api/views'
import { useShownRecords } from '../cards/useShownRecords'
import { momentInput, showDate, zoneOf } from '../fields/dates'
import { display, linkedIds } from '../fields/display'
import { shownAs } from '../fields/shownAs'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'
import type { NameOf } from '../rows/useLinkNames'
import { Centered } from '../shell/States'
import { texts } from '../texts'
import { dayNumber, dayText, dayWidth, dragged, ticks, type Bar, type Grip, type Scale } from './days'
import classes from './gantt.module.css'

const t = texts.gantt
const ROW = 36, MOST_DAYS = 3_000

interface Props { table: Table; settings: ViewSettings; store: RowStore; state: RowStoreState; nameOf: NameOf; mayEdit: boolean; mayDesign: boolean; onSettings: (settings: SettingsChange) => void; onOpenRecord: (id: string) => void }

/** A bar from start to end for each record; it is moved, or made longer at its ends, by dragging or with the arrow keys. */
export function GanttView({ table, settings, store, state, nameOf, mayEdit, mayDesign, onSettings, onOpenRecord }: Props) {
  const ids = useShownRecords(store, state)
  const stage = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ id: string; grip: Grip; from: number; by: number } | null>(null)
  const options = settings.options ?? {}
  const dated = table.fields.filter(f => ['date', 'dateTime'].includes(shownAs(f).type) && f.type !== 'multipleLookupValues')
  const [start, end] = [dated.find(f => f.id === options.startField), dated.find(f => f.id === options.endField)]
  const links = table.fields.filter(f => f.type === 'multipleRecordLinks' && f.options?.linkedTableId === table.id)
  const before = links.find(f => f.id === options.dependencyField)
  const scale: Scale = options.timeScale === 'day' || options.timeScale === 'month' ? options.timeScale : 'week'
  const width = dayWidth[scale]
  const choose = (change: Record<string, unknown>) => onSettings({ options: Object.fromEntries(Object.entries({ ...options, ...change }).filter(([, value]) => value !== null)) })

  const dayOf = (id: string, field: typeof start) => {
    const value = field && store.value(id, field.id)
    const text = typeof value !== 'string' ? '' : shownAs(field!).type === 'dateTime' ? momentInput(value, zoneOf(shownAs(field!).options)) : value
    return text ? dayNumber(text) : undefined
  }
  const bars = ids.map((id): Bar | undefined => {
    const [from, to] = [dayOf(id, start), dayOf(id, end)]
    if (from === undefined || to === undefined) return undefined
    const bar = { id, start: from, end: Math.max(from, to) }
    return drag?.id === id ? dragged(bar, drag.grip, drag.by) : bar
  })
  const now = new Date()
  const today = dayNumber(`${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`)
  const there = bars.filter(bar => bar !== undefined)
  const first = Math.max(today - MOST_DAYS / 2, Math.min(today, ...there.map(bar => bar.start)) - 7)
  const last = Math.min(first + MOST_DAYS, Math.max(today, ...there.map(bar => bar.end)) + 30)
  const left = (day: number) => (day - first) * width
  const isThere = there.length > 0
  useEffect(() => {
    if (stage.current) stage.current.scrollLeft = Math.max(0, (today - first - 5) * width)
    // Once for each scale; afterwards the reader scrolls.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [scale, isThere])

  if (!start || !end)
    return (
      <Centered>
        <div style={{ textAlign: 'center' }}>
          <Text fw={600}>{t.choose}</Text>
          {dated.length < 2 && <Text c="dimmed" size="sm">{t.noDates}</Text>}
          {mayDesign && dated.length > 1 && ([['startField', start, t.start], ['endField', end, t.end]] as const).map(([name, field, label]) => (
            <Select key={name} mt="sm" data={dated.map(f => ({ value: f.id, label: f.name }))} value={field?.id ?? null} placeholder={label} aria-label={label} onChange={id => id && choose({ [name]: id })} data-testid={`gantt-${name}`} />
          ))}
        </div>
      </Centered>
    )
  const movable = mayEdit && start.type === 'date' && end.type === 'date'
  const primary = table.fields.find(f => f.id === table.primaryFieldId)!
  const nameOfBar = (id: string) => display(primary, store.value(id, primary.id), nameOf) || texts.grid.unnamed
  const keep = (bar: Bar, grip: Grip, by: number) => {
    const now = dragged(bar, grip, by)
    if (now.start === bar.start && now.end === bar.end) return
    void store.edit([{ id: bar.id, fields: { ...(now.start !== bar.start && { [start.id]: dayText(now.start) }), ...(now.end !== bar.end && { [end.id]: dayText(now.end) }) } }])
  }
  const take = (event: PointerEvent<HTMLElement>, id: string) => {
    if (!movable || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ id, grip: ((event.target as HTMLElement).dataset.grip as Grip | undefined) ?? 'move', from: event.clientX, by: 0 })
  }
  const drop = (id: string) => {
    if (drag?.id !== id) return
    const [from, to] = [dayOf(id, start)!, dayOf(id, end)!]
    if (drag.by) keep({ id, start: from, end: Math.max(from, to) }, drag.grip, drag.by)
    setDrag(null)
  }
  const onKeyDown = (event: KeyboardEvent, bar: Bar) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!by || !movable) return
    event.preventDefault()
    keep(bar, event.shiftKey ? 'end' : 'move', by)
  }
  const places = new Map(bars.flatMap((bar, n) => (bar ? [[bar.id, { bar, n }] as const] : [])))
  const arrows = !before || options.showDependencies === false ? [] : bars.flatMap((bar, n) => !bar ? [] : linkedIds(store.value(bar.id, before.id)).flatMap(id => {
    const from = places.get(id)
    if (!from) return []
    const [x1, y1, x2, y2] = [left(from.bar.end + 1), from.n * ROW + ROW / 2, left(bar.start), n * ROW + ROW / 2]
    const half = y1 + (y2 > y1 ? ROW / 2 : -ROW / 2)
    return [{ key: `${id} ${bar.id}`, path: x2 >= x1 + 12 ? `M${x1} ${y1}H${x1 + 6}V${y2}H${x2 - 2}` : `M${x1} ${y1}h6V${half}H${x2 - 8}V${y2}H${x2 - 2}` }]
  }))
  const across = (last - first + 1) * width
  return (
    <div className={classes.view} data-testid="gantt">
      <div className={classes.bar}>
        <SegmentedControl size="xs" value={scale} onChange={timeScale => choose({ timeScale })} data={(['day', 'week', 'month'] as const).map(value => ({ value, label: t.scales[value] }))} aria-label={t.scale} />
        {links.length > 0 && <Select size="xs" data={links.map(f => ({ value: f.id, label: f.name }))} value={before?.id ?? null} placeholder={t.after} aria-label={t.after} clearable onChange={id => choose({ dependencyField: id })} data-testid="gantt-after" />}
        <Text size="sm" c="dimmed" ml="auto">{texts.cards.undated(ids.length - there.length)}</Text>
      </div>
      <div className={classes.stage} ref={stage}>
        <div className={classes.names}>
          <div className={classes.corner}>{primary.name}</div>
          {ids.map(id => <button key={id} type="button" style={{ height: ROW }} onClick={() => onOpenRecord(id)}>{nameOfBar(id)}</button>)}
        </div>
        <div className={classes.days} style={{ width: across }}>
          <div className={classes.ticks} aria-hidden>
            {ticks(first, last, scale).map(day => <span key={day} style={{ left: left(day) }}>{scale === 'day' ? Number(dayText(day).slice(8)) : showDate(dayText(day)).slice(0, scale === 'month' ? undefined : -5).replace(/^1 (?=\w+ \d{4})/, scale === 'month' ? '' : '1 ')}</span>)}
          </div>
          <div className={classes.rows} style={{ height: ids.length * ROW, backgroundSize: `100% ${ROW}px` }}>
            <div className={classes.today} style={{ left: left(today) + width / 2 }} title={texts.cards.today} />
            <svg width={across} height={ids.length * ROW} aria-hidden className={classes.arrows}>
              <defs><marker id="gantt-end" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0 6 3 0 6z" /></marker></defs>
              {arrows.map(arrow => <path key={arrow.key} d={arrow.path} markerEnd="url(#gantt-end)" data-testid="gantt-arrow" />)}
            </svg>
            {bars.map((bar, n) => bar && (
              <button key={bar.id} type="button" className={classes.task} data-movable={movable || undefined} style={{ top: n * ROW + 6, height: ROW - 12, left: left(bar.start), width: (bar.end - bar.start + 1) * width }} data-testid="gantt-bar"
                aria-label={t.bar(nameOfBar(bar.id), showDate(dayText(bar.start)), showDate(dayText(bar.end)))} aria-description={movable ? t.keys : undefined}
                onPointerDown={e => take(e, bar.id)} onPointerMove={e => drag?.id === bar.id && setDrag({ ...drag, by: Math.round((e.clientX - drag.from) / width) })} onPointerUp={() => drop(bar.id)} onPointerCancel={() => setDrag(null)}
                onKeyDown={e => onKeyDown(e, bar)} onDoubleClick={() => onOpenRecord(bar.id)} onClick={e => e.detail === 0 && onOpenRecord(bar.id)}>
                <i data-grip="start" /><span>{nameOfBar(bar.id)}</span><i data-grip="end" />
              </button>
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}
