import type { Notification as Told, NotificationPage as Page, NotificationPreference as Preference, NotificationPreferences, UnreadCount } from './generated'
import { get, patch, post } from './http'

export type NotificationKind = 'mention' | 'assignment' | 'job' | 'automation'
/** Something that somebody is told. A job has no actor; an assignment of several records at once has no record. */
export type Notification = Omit<Told, 'kind' | 'count' | 'createdTime'> & { kind: NotificationKind; count: number; createdTime: string }
export type NotificationPage = Omit<Page, 'notifications'> & { notifications: Notification[] }

export const listNotifications = (cursor: string | undefined, signal?: AbortSignal) =>
  get<NotificationPage>(`/api/notifications${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`, signal)
export const readNotifications = (which: { ids: string[] } | { all: true }) => post<UnreadCount>('/api/notifications/read', which)

export const mailFrequencies = ['never', 'atOnce', 'hourly', 'daily'] as const
export type MailFrequency = (typeof mailFrequencies)[number]
export type NotificationPreference = Preference & { kind: NotificationKind; mail: MailFrequency }
/** Without a zone days and hours are counted in UTC. Nothing is mailed to an address that is not confirmed. */
export type Preferences = Required<Omit<NotificationPreferences, 'kinds'>> & { kinds: NotificationPreference[] }
export interface PreferenceChange { kinds?: (Partial<NotificationPreference> & { kind: NotificationKind })[]; timeZone?: string; hour?: number }

export const readPreferences = (signal?: AbortSignal) => get<Preferences>('/api/notifications/preferences', signal)
export const changePreferences = (change: PreferenceChange) => patch<Preferences>('/api/notifications/preferences', change)
export const unsubscribe = (link: string) => post<void>(`/api/unsubscribe/${encodeURIComponent(link)}`)
