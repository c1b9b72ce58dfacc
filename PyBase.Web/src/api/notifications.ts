import { get, patch, post } from './http'

export type NotificationKind = 'mention' | 'assignment' | 'job' | 'automation'
interface Place { id: string; name: string }
/** Something that somebody is told. A job has no actor; an assignment of several records at once has no record. */
export interface Notification {
  id: string
  kind: NotificationKind
  base: Place
  table?: Place | null
  record?: string | null
  job?: { id: string; kind: string; state: string } | null
  /** What an automation says. */
  text?: string | null
  count: number
  actor?: Place | null
  createdTime: string
  readTime?: string | null
}
export interface NotificationPage { notifications: Notification[]; unread: number; cursor?: string | null }

export const listNotifications = (cursor: string | undefined, signal?: AbortSignal) =>
  get<NotificationPage>(`/api/notifications${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`, signal)
export const readNotifications = (which: { ids: string[] } | { all: true }) => post<{ unread: number }>('/api/notifications/read', which)

export const mailFrequencies = ['never', 'atOnce', 'hourly', 'daily'] as const
export type MailFrequency = (typeof mailFrequencies)[number]
export interface NotificationPreference { kind: NotificationKind; inApp: boolean; mail: MailFrequency }
/** Without a zone days and hours are counted in UTC. Nothing is mailed to an address that is not confirmed. */
export interface Preferences { kinds: NotificationPreference[]; timeZone?: string | null; hour: number; email: string; confirmed: boolean }
export interface PreferenceChange { kinds?: (Partial<NotificationPreference> & { kind: NotificationKind })[]; timeZone?: string; hour?: number }

export const readPreferences = (signal?: AbortSignal) => get<Preferences>('/api/notifications/preferences', signal)
export const changePreferences = (change: PreferenceChange) => patch<Preferences>('/api/notifications/preferences', change)
export const unsubscribe = (link: string) => post<void>(`/api/unsubscribe/${encodeURIComponent(link)}`)
