import type { MadeFromTemplate, Template, TemplateList } from './generated'
import { get, post } from './http'

export type { Template }

export const listTemplates = async (signal?: AbortSignal) => (await get<TemplateList>('/api/templates', signal)).templates
export const createFromTemplate = (template: string, base: { workspaceId: string; name?: string }) => post<MadeFromTemplate>(`/api/templates/${template}`, base)
