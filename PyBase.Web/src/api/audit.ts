import type { AuditBody, AuditPage } from './generated'
import { get } from './http'

export type { AuditBody }
export interface AuditAsk { act?: string; actor?: string; from?: string; to?: string }

/** Where it happened: in a base, in a workspace, or anywhere. */
export const auditPath = ({ base, workspace }: { base?: string; workspace?: string }) => (base ? `/api/bases/${base}/audit` : workspace ? `/api/workspaces/${workspace}/audit` : '/api/audit')
export const auditQuery = (ask: AuditAsk, more: Record<string, string> = {}) => String(new URLSearchParams({ ...Object.fromEntries(Object.entries(ask).filter(([, value]) => value)), ...more } as Record<string, string>))
export const listAudit = (path: string, ask: AuditAsk, offset: string, signal?: AbortSignal) => get<AuditPage>(`${path}?${auditQuery(ask, { pageSize: '100', ...(offset && { offset }) })}`, signal)
