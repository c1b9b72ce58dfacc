import { texts } from '../texts'

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
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
