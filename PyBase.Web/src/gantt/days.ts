/** A day as a number, so that bars are a difference and moving is a sum. */
export const dayNumber = (text: string) => Math.round(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 86_400_000)
export const dayText = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10)

export type Scale = 'day' | 'week' | 'month'
/** How wide a day is. */
export const dayWidth: Record<Scale, number> = { day: 36, week: 14, month: 5 }

/** Where the head of a scale has its marks: each day, each Monday, each first of a month. */
export function ticks(from: number, to: number, scale: Scale): number[] {
  const found: number[] = []
  // The first of January 1970 was a Thursday.
  const isTick = (day: number) => scale === 'day' || (scale === 'week' ? (((day + 3) % 7) + 7) % 7 === 0 : dayText(day).endsWith('-01'))
  for (let day = from; day <= to; day++) if (isTick(day)) found.push(day)
  return found
}

export interface Bar { id: string; start: number; end: number }
export type Grip = 'move' | 'start' | 'end'

/** A bar that was dragged by so many days: it never ends before it begins. */
export function dragged(bar: Bar, grip: Grip, by: number): Bar {
  if (grip === 'move') return { ...bar, start: bar.start + by, end: bar.end + by }
  return grip === 'start' ? { ...bar, start: Math.min(bar.start + by, bar.end) } : { ...bar, end: Math.max(bar.end + by, bar.start) }
}
