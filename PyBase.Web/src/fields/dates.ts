import { texts } from '../texts'
import type { FieldOptions } from '../api/types'

const ISO = /^(\d{4})-(\d{2})-(\d{2})/

/** `2026-11-23` → `23 Nov 2026`: no order of day and month to guess at. */
export function showDate(value: string): string {
  const parts = ISO.exec(value)
  if (!parts) return value
  return `${Number(parts[3])} ${texts.months[Number(parts[2]) - 1] ?? parts[2]} ${parts[1]}`
}

/** Text that somebody pasted: ISO as it is, otherwise what the browser reads as a date; `null` if it is none. */
export function readDate(text: string): string | null {
  const trimmed = text.trim()
  const iso = ISO.exec(trimmed)
  if (iso) return iso[0]
  const date = new Date(trimmed)
  if (!trimmed || Number.isNaN(date.getTime())) return null
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

const two = (n: number) => String(n).padStart(2, '0')

/** The zone a moment is shown in: the field's, or the reader's own. */
export const zoneOf = (options: FieldOptions) => {
  const zone = String(options.timeZone ?? 'client')
  return zone === 'client' ? undefined : zone
}

const formats = new Map<string, Intl.DateTimeFormat>()
function partsIn(moment: Date, zone: string | undefined) {
  const key = zone ?? ''
  let format = formats.get(key)
  if (!format) {
    const options: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }
    try {
      format = new Intl.DateTimeFormat('en', { ...options, timeZone: zone })
    } catch {
      format = new Intl.DateTimeFormat('en', options)
    }
    formats.set(key, format)
  }
  return Object.fromEntries(format.formatToParts(moment).map(p => [p.type, p.value])) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>
}

/** `2026-11-23T14:05:00.000Z` → `23 Nov 2026 15:05`, in the zone. */
export function showMoment(value: string, zone: string | undefined): string {
  const moment = new Date(value)
  if (Number.isNaN(moment.getTime())) return value
  const at = partsIn(moment, zone)
  return `${showDate(`${at.year.padStart(4, '0')}-${at.month}-${at.day}`)} ${at.hour}:${at.minute}`
}

/** As an input of type `datetime-local` wants it. */
export function momentInput(value: string, zone: string | undefined): string {
  const moment = new Date(value)
  if (!value || Number.isNaN(moment.getTime())) return ''
  const at = partsIn(moment, zone)
  return `${at.year.padStart(4, '0')}-${at.month}-${at.day}T${at.hour}:${at.minute}`
}

/** A wall clock time in the zone → the moment. Tried twice, since the offset depends on the answer. */
export function momentOf(input: string, zone: string | undefined): string | null {
  const wall = Date.parse(`${input.slice(0, 16)}:00Z`)
  if (Number.isNaN(wall)) return null
  const offset = (at: number) => Date.parse(`${momentInput(new Date(at).toISOString(), zone)}:00Z`) - at + (at % 60_000)
  let moment = wall - offset(wall)
  moment = wall - offset(moment)
  return new Date(moment).toISOString()
}
