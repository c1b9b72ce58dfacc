/** The shapes on the wire. Hand-written until the API's OpenAPI document is there to generate them from. */

export interface Person { id: string; email: string; name: string }
export interface Workspace { id: string; name: string; role?: string }
export interface Me { user: Person; workspaces: Workspace[]; installationOwner: boolean }
export interface SignedIn { user: Person; workspace: Workspace }

export interface Token { id: string; name: string; scopes: string[]; createdTime: string; expires?: string | null }
export interface NewToken extends Token { token: string }

export interface Base { id: string; name: string; permissionLevel: 'none' | 'read' | 'comment' | 'edit' | 'create' }

export interface Choice { id: string; name: string; color?: string }
export interface FieldOptions {
  choices?: Choice[]
  precision?: number
  linkedTableId?: string
  [more: string]: unknown
}
export interface Field { id: string; name: string; type: string; description?: string; options?: FieldOptions }
/** As the list of tables names it; the settings are asked for with the table. */
export interface View { id: string; name: string; type: string }
export interface Table {
  id: string
  name: string
  description?: string
  primaryFieldId: string
  fields: Field[]
  views: View[]
}
export type NewField = Omit<Field, 'id'>
export interface NewTable { name: string; description?: string; fields: NewField[] }

export type CellValue = unknown
export type Cells = Record<string, CellValue>
export interface RecordRow { id: string; createdTime?: string; fields: Cells }
export interface RecordPage { records: RecordRow[]; offset?: string }
export interface Attachment { id: string; url: string; filename: string; size?: number; type?: string }

export type JobState = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'parked'
export interface Finding {
  code: string
  severity: 'info' | 'warning' | 'error'
  message: string
  locator?: unknown
  count?: number
}
export interface JobTable { id: string; name: string; role?: string; created?: number; updated?: number }
export interface Job {
  id: string
  base: string
  kind: string
  queue?: string
  state: JobState
  progress?: { done: number; total: number; step?: string } | null
  attempts?: number
  file?: { id: string; name: string; size: number; sha256?: string } | null
  createdTime: string
  startedTime?: string | null
  finishedTime?: string | null
  findings?: Finding[]
  error?: { code: string; message: string; hint?: string | null } | null
  result?: { tables: JobTable[] } | null
  traceId?: string
}

/** One change as the hub tells it; `fields` are keyed by field id, `null` means emptied. */
export type Change =
  | { kind: 'recordsCreated'; records: RecordRow[] }
  | { kind: 'cellsChanged'; records: RecordRow[] }
  | { kind: 'recordsDeleted'; ids: string[] }
  | { kind: 'fieldAdded' | 'fieldChanged'; field: Field }
  | { kind: 'fieldRemoved'; id: string }
  | { kind: 'tableAdded' | 'tableChanged'; table: Table }
  | { kind: 'tableRemoved'; id: string }
  | { kind: 'viewAdded' | 'viewChanged'; view: View }
  | { kind: 'viewRemoved'; id: string }
  | { kind: 'commentAdded' | 'commentChanged'; comment: unknown }
  | { kind: 'commentRemoved'; id: string }
  | { kind: 'manyChanged'; count: number }

export interface ChangesMessage {
  id: string
  from: number
  version: number
  actor?: unknown
  mutation?: string | null
  time?: string
  changes: Change[]
}
export interface SubscribeAnswer { version: number; reload: boolean; changes: Change[] }
