import type { InfiniteData } from '@tanstack/react-query'
import type { Notification, NotificationPage } from '../api/notifications'

export type Pages = InfiniteData<NotificationPage, string | undefined>

/** With one that the hub told. Who connects hears the last ones again: what is known changes nothing. */
export function withNotified(data: Pages, told: Notification): Pages {
  const [first, ...more] = data.pages
  if (!first || data.pages.some(page => page.notifications.some(n => n.id === told.id))) return data
  return { ...data, pages: [{ ...first, notifications: [told, ...first.notifications], unread: first.unread + (told.readTime ? 0 : 1) }, ...more] }
}

/** As read at `time`: those named, or all. */
export function withRead(data: Pages, ids: readonly string[] | null, time: string): Pages {
  const reads = (n: Notification) => !n.readTime && (!ids || ids.includes(n.id))
  const count = data.pages.reduce((sum, page) => sum + page.notifications.filter(reads).length, 0)
  const pages = data.pages.map((page, n) => ({
    ...page,
    unread: n ? page.unread : ids ? Math.max(0, page.unread - count) : 0,
    notifications: page.notifications.map(one => (reads(one) ? { ...one, readTime: time } : one)),
  }))
  return { ...data, pages }
}

/** Newest day first, each with its notifications, as the reader's own clock has the days. */
export function byDay(all: readonly Notification[]): { day: string; notifications: Notification[] }[] {
  const days = new Map<string, Notification[]>()
  for (const one of all) {
    const day = dayOf(new Date(one.createdTime))
    days.set(day, [...(days.get(day) ?? []), one])
  }
  return [...days].map(([day, notifications]) => ({ day, notifications }))
}

export const dayOf = (moment: Date) =>
  `${moment.getFullYear()}-${String(moment.getMonth() + 1).padStart(2, '0')}-${String(moment.getDate()).padStart(2, '0')}`

/** Where it leads: to the record, else as near as it goes. */
export function placeOf({ base, table, record, job }: Notification): string {
  if (job) return `/bases/${base.id}?job=${job.id}`
  return `/bases/${base.id}${table ? `/${table.id}${record ? `?record=${record}` : ''}` : ''}`
}
