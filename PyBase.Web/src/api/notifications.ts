import { get, post } from './http'

interface Place { id: string; name: string }
/** Something that somebody is told. A job has no actor; an assignment of several records at once has no record. */
export interface Notification {
  id: string
  kind: 'mention' | 'assignment' | 'job'
  base: Place
  table?: Place | null
  record?: string | null
  job?: { id: string; kind: string; state: string } | null
  count: number
  actor?: Place | null
  createdTime: string
  readTime?: string | null
}
export interface NotificationPage { notifications: Notification[]; unread: number; cursor?: string | null }

export const listNotifications = (cursor: string | undefined, signal?: AbortSignal) =>
  get<NotificationPage>(`/api/notifications${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`, signal)
export const readNotifications = (which: { ids: string[] } | { all: true }) => post<{ unread: number }>('/api/notifications/read', which)
