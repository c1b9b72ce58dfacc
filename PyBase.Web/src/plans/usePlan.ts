import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Field, Table } from '../api/types'
import type { SettingsChange, ViewSettings } from '../api/views'
import { useShownRecords } from '../cards/useShownRecords'
import { momentInput, zoneOf } from '../fields/dates'
import { display } from '../fields/display'
import { shownAs } from '../fields/shownAs'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'
import type { NameOf } from '../rows/useLinkNames'
import { texts } from '../texts'
import { dayNumber, dayText, dayWidth, dragged, scales, type Bar, type Grip, type Scale } from './days'

const MOST_DAYS = 3_000

export interface PlanProps { table: Table; settings: ViewSettings; store: RowStore; state: RowStoreState; nameOf: NameOf; mayEdit: boolean; mayDesign: boolean; onSettings: (settings: SettingsChange) => void; onOpenRecord: (id: string) => void }

/** Records as bars between two of their dates, where each of them is, and how it is moved. */
export function usePlan({ table, settings, store, state, nameOf, mayEdit, onSettings, onOpenRecord }: PlanProps) {
  const ids = useShownRecords(store, state)
  const stage = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ id: string; grip: Grip; from: number; by: number } | null>(null)
  const options = settings.options ?? {}
  const dated = table.fields.filter(f => ['date', 'dateTime'].includes(shownAs(f).type) && f.type !== 'multipleLookupValues')
  const [start, end] = [dated.find(f => f.id === options.startField), dated.find(f => f.id === options.endField)]
  const scale: Scale = scales.find(s => s === options.timeScale) ?? 'week'
  const width = dayWidth[scale]
  const choose = (change: Record<string, unknown>) => onSettings({ options: Object.fromEntries(Object.entries({ ...options, ...change }).filter(([, value]) => value !== null)) })

  const dayOf = (id: string, field: Field | undefined) => {
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

  const movable = mayEdit && start?.type === 'date' && end?.type === 'date'
  const primary = table.fields.find(f => f.id === table.primaryFieldId)!
  const nameOfBar = (id: string) => display(primary, store.value(id, primary.id), nameOf) || texts.grid.unnamed
  const keep = (bar: Bar, grip: Grip, by: number) => {
    const now = dragged(bar, grip, by)
    if (now.start === bar.start && now.end === bar.end) return
    void store.edit([{ id: bar.id, fields: { ...(now.start !== bar.start && { [start!.id]: dayText(now.start) }), ...(now.end !== bar.end && { [end!.id]: dayText(now.end) }) } }])
  }
  const drop = (id: string) => {
    if (drag?.id !== id) return
    const [from, to] = [dayOf(id, start)!, dayOf(id, end)!]
    if (drag.by) keep({ id, start: from, end: Math.max(from, to) }, drag.grip, drag.by)
    setDrag(null)
  }
  /** What a bar answers to: it is moved, or made longer at its ends, by dragging or with the arrow keys. */
  const handles = (bar: Bar) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (!movable || event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      setDrag({ id: bar.id, grip: ((event.target as HTMLElement).dataset.grip as Grip | undefined) ?? 'move', from: event.clientX, by: 0 })
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => { if (drag?.id === bar.id) setDrag({ ...drag, by: Math.round((event.clientX - drag.from) / width) }) },
    onPointerUp: () => drop(bar.id),
    onPointerCancel: () => setDrag(null),
    onKeyDown: (event: KeyboardEvent) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
      if (!by || !movable) return
      event.preventDefault()
      keep(bar, event.shiftKey ? 'end' : 'move', by)
    },
    onDoubleClick: () => onOpenRecord(bar.id),
    onClick: (event: { detail: number }) => { if (event.detail === 0) onOpenRecord(bar.id) },
  })
  return { ids, stage, options, dated, start, end, scale, width, choose, bars, there, today, first, last, left, across: (last - first + 1) * width, movable, primary, nameOfBar, handles }
}

export type Plan = ReturnType<typeof usePlan>
