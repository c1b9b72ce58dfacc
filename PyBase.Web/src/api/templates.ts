import { get, post } from './http'

/** A base to begin with. */
export interface Template { id: string; name: string; description: string; tables: { name: string; description?: string }[] }

export const listTemplates = async (signal?: AbortSignal) => (await get<{ templates: Template[] }>('/api/templates', signal)).templates
export const createFromTemplate = (template: string, base: { workspaceId: string; name?: string }) => post<{ id: string; name: string }>(`/api/templates/${template}`, base)
