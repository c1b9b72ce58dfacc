import type { AirtableRecord, FieldDefinition, Job as AnyJob, JobFinding, JobTable, ListedBase, MeBody, MemberBody, NewTokenBody, TableDefinition, TokenBody, ViewDefinition, WorkspaceBody } from './generated'

/** The shapes on the wire as the description of the API has them; here stands what it leaves open. */

export type Person = Pick<MemberBody, 'id' | 'email' | 'name'>
export type Workspace = WorkspaceBody
export type Me = MeBody
export type Token = TokenBody
export type NewToken = NewTokenBody

export type Base = ListedBase & { permissionLevel: 'none' | 'read' | 'comment' | 'edit' | 'create' }

export interface Choice { id: string; name: string; color?: string }
export interface FieldOptions {
  choices?: Choice[]
  precision?: number
  linkedTableId?: string
  [more: string]: unknown
}
export type Field = Omit<FieldDefinition, 'options' | 'constraints' | 'description'> & { description?: string; options?: FieldOptions }
/** As the list of tables names it; the settings are asked for with the table. */
export type View = ViewDefinition
export type Table = Omit<TableDefinition, 'fields' | 'description'> & { description?: string; fields: Field[] }
export type NewField = Omit<Field, 'id'>
export interface NewTable { name: string; description?: string; fields: NewField[] }

export type CellValue = unknown
export type Cells = Record<string, CellValue>
export type RecordRow = Pick<AirtableRecord, 'id' | 'fields'> & { createdTime?: string }
export interface RecordPage { records: RecordRow[]; offset?: string }
export interface Attachment { id: string; url: string; filename: string; size?: number; type?: string }

export type JobState = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'parked'
export type Finding = JobFinding & { severity: 'info' | 'warning' | 'error' }
export type { JobTable }
export type Job = Omit<AnyJob, 'state' | 'findings' | 'createdTime'> & { state: JobState; findings?: Finding[]; createdTime: string }

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
