import type { DeliveriesBody, ListedWebhook, MadeWebhook, WebhookDelivery, WebhookList } from './generated'
import { get, post, remove } from './http'

export const changeTypes = ['add', 'update', 'remove'] as const
export type ChangeType = (typeof changeTypes)[number]
/** What it wants to hear of: records of one table or of all. */
export interface Specification { options: { filters: { dataTypes: string[]; recordChangeScope?: string; changeTypes?: ChangeType[] } } }
export type Webhook = Omit<ListedWebhook, 'specification' | 'lastNotificationResult'> & { specification: Specification; lastNotificationResult?: { success: boolean; error?: { message?: string } } | null }
export type { WebhookDelivery }

const path = (base: string, rest = '') => `/v0/bases/${base}/webhooks${rest}`
export const listWebhooks = async (base: string, signal?: AbortSignal) => (await get<WebhookList>(path(base), signal)).webhooks as Webhook[]
/** The secret is told this once. */
export const createWebhook = (base: string, hook: { notificationUrl: string; specification: Specification }) => post<MadeWebhook>(path(base), hook)
export const enableWebhook = (base: string, id: string, enable: boolean) => post<unknown>(path(base, `/${id}/enableNotifications`), { enable })
export const refreshWebhook = (base: string, id: string) => post<unknown>(path(base, `/${id}/refresh`))
export const removeWebhook = (base: string, id: string) => remove<unknown>(path(base, `/${id}`))

export const listDeliveries = async (base: string, id: string, signal?: AbortSignal) => (await get<DeliveriesBody>(`/api/bases/${base}/webhooks/${id}/deliveries`, signal)).deliveries
export const redeliver = (base: string, id: string) => post<unknown>(`/api/bases/${base}/webhooks/${id}/redeliver`)
