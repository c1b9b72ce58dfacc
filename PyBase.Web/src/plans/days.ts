/** A day as a number, so that bars are a difference and moving is a sum. */
export const dayNumber = (text: string) => Math.round(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 86_400_000)
export const dayText = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10)

export const scales = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Scale = (typeof scales)[number]
/** How wide a day is. */
export const dayWidth: Record<Scale, number> = { day: 36, week: 14, month: 5, quarter: 2, year: 0.8 }

const isFirst: Record<Scale, (day: number) => boolean> = {
  day: () => true,
  // The first of January 1970 was a Thursday.
  week: day => (((day + 3) % 7) + 7) % 7 === 0,
  month: day => dayText(day).endsWith('-01'),
  quarter: day => /-(01|04|07|10)-01$/.test(dayText(day)),
  year: day => dayText(day).endsWith('-01-01'),
}

/** Where the head of a scale has its marks: each day, each Monday, each first of a month, of a quarter, of a year. */
export function ticks(from: number, to: number, scale: Scale): number[] {
  const found: number[] = []
  for (let day = from; day <= to; day++) if (isFirst[scale](day)) found.push(day)
  return found
}

export interface Bar { id: string; start: number; end: number }
export type Grip = 'move' | 'start' | 'end'

/** A bar that was dragged by so many days: it never ends before it begins. */
export function dragged(bar: Bar, grip: Grip, by: number): Bar {
  if (grip === 'move') return { ...bar, start: bar.start + by, end: bar.end + by }
  return grip === 'start' ? { ...bar, start: Math.min(bar.start + by, bar.end) } : { ...bar, end: Math.max(bar.end + by, bar.start) }
}

/** Bars in as few lines as they need: those that do not touch share one. */
export function lines(bars: readonly Bar[]): Bar[][] {
  const found: Bar[][] = []
  for (const bar of [...bars].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const line = found.find(line => line.at(-1)!.end < bar.start)
    if (line) line.push(bar)
    else found.push([bar])
  }
  return found
}
