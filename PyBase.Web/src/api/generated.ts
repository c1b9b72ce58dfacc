// Made from /openapi/v1.json by ApiTypesTests: PYBASE_WRITE_DOCS=1 eng/test.sh --filter-class '*ApiTypesOnStandaloneTests' writes it anew.

export interface AddMemberRequest { email?: string | null; role?: string | null }
export interface AddedBody { member?: null | MemberBody; invitation?: null | InvitationBody }
export interface Advice { code: string; message: string; field?: string | null }
export interface AggregateAnswer { count: number; values: unknown[]; groups?: AggregateGroup[] | null }
export interface AggregateBy { field: string; function: string }
export interface AggregateGroup { value?: null | JsonElement; count: number; values: unknown[]; groups?: AggregateGroup[] | null }
export interface AggregateQuestion { filter?: null | JsonElement; filterByFormula?: string | null; view?: string | null; search?: string | null; timeZone?: string | null; groups?: GroupBy[] | null; aggregates?: AggregateBy[] | null }
export interface AirtableComment { id: string; author: CommentAuthor; text: string; createdTime: string; lastUpdatedTime?: string | null; parentCommentId?: string | null; mentioned?: null | JsonElement; reactions: unknown[] }
export interface AirtableReason { type: string; message: string; hint?: string | null }
export interface AirtableRecord { id: string; createdTime: string; fields: Record<string, unknown>; commentCount?: number | null }
export interface AirtableRefusal { error: AirtableReason }
export interface AirtableSource { base: string; token: string; url?: string | null; keepIds?: boolean | null }
export interface AuditActor { id: string; name?: string | null }
export interface AuditBody { number: number; time: string; act: string; actor?: null | AuditActor; workspace?: string | null; base?: string | null; subject?: string | null; address?: string | null; details: JsonElement }
export interface AuditPage { entries: AuditBody[]; offset?: string | null }
export interface AutomationBody { id: string; name: string; enabled: boolean; trigger: JsonElement; conditions?: null | JsonElement; actions: unknown[]; maxRunsPerHour: number; retries: number; secrets: string[]; owner: string; hasHook: boolean; nextTime?: string | null; createdTime: string; updatedTime: string }
export interface AutomationHook { url: string }
export interface AutomationRun { id: string; state: string; isTest?: boolean; depth?: number; count?: number; record?: string | null; error?: null | JobError; createdTime?: string; finishedTime?: string | null; trigger?: null | JsonElement; steps?: RunStep[] | null }
export interface AutomationToWrite { name?: string | null; enabled?: boolean | null; trigger?: null | JsonElement; conditions?: null | JsonElement; actions?: unknown[] | null; maxRunsPerHour?: number | null; retries?: number | null; secrets?: Record<string, string> | null }
export interface AutomationsBody { automations: AutomationBody[] }
export interface BaseChange { name: string }
export interface BaseName { id: string; name: string }
export interface BasePage { bases: ListedBase[]; offset?: string | null }
export interface BegunRun { run: string }
export interface BegunRuns { runs: string[] }
export interface CapacityPlan { tier: string; lines: PlanLine[]; load: PlanLoad[]; pool: PoolSize; storageGiB: number; filesGiB: number; currency: string; perMonth: number; perMonthMost: number; guideFrom: number; guideTo?: number | null; notes: string[] }
export interface CellChange { fieldId: string; fieldName: string; fieldRemoved?: boolean | null; from?: null | JsonElement; to?: null | JsonElement }
export interface CellSource { field: string; file: SourceFile; job: string; locator: string; confidence: number; time: string }
export interface CellSources { record?: null | RecordSource; cells: CellSource[] }
export interface ChangeMemberRequest { role?: string | null }
export interface ChangedShareLink { password?: string | null; expires?: string | null }
export interface ChangedView { name?: string | null; personal?: boolean | null; locked?: boolean | null; settings?: null | SettingsOfView }
export interface CodeRequest { code?: string | null }
export interface ColumnMapping { column: string; field?: string | null; newField?: null | NewField; numbers?: string | null; dates?: string | null; master?: string | null }
export interface CommentAuthor { id: string; email: string; name: string }
export interface CommentList { comments: AirtableComment[]; offset?: string | null }
export interface CommentToWrite { text: string; parentCommentId?: string | null }
export interface ConfirmRequest { link?: string | null }
export interface ConfirmationBody { confirmed: boolean }
export interface ConstraintOfTable { id: string; type: string; fields: string[]; caseSensitive: boolean }
export interface ConstraintsOfField { required?: boolean | null; unique?: null | JsonElement; min?: null | JsonElement; max?: null | JsonElement; pattern?: string | null; allowNewChoices?: boolean | null }
export interface ConversionSample { record: string; from?: string | null; to?: string | null }
export interface ConvertedField { field?: null | FieldDefinition; rows: number; converted: number; shortened: number; emptied: number; samples: ConversionSample[] }
export interface CopiedBase { id: string; name: string; records: number }
export interface DashboardList { dashboards: ListedDashboard[] }
export interface DashboardToWrite { name?: string | null; description?: string | null; widgets?: WidgetToWrite[] | null; version?: number | null }
export interface DashboardWidget { type: string; id: string; title?: string | null; place: WidgetPlace; table?: string | null; view?: string | null; filter?: null | JsonElement; timeZone?: string | null; chart?: string | null; groups?: WidgetGroup[] | null; aggregates?: WidgetAggregate[] | null; x?: string | null; y?: string | null; fields?: string[] | null; sorts?: RecordSort[] | null; limit?: number | null; text?: string | null; options?: null | JsonElement; isBroken?: boolean | null }
export interface DeletedRecords { records: DeletedThing[] }
export interface DeletedThing { id: string; deleted: boolean }
export interface DeliveriesBody { deliveries: WebhookDelivery[] }
export interface DirectoryTokenBody { token: string; url: string }
export interface DrainedQueue { queue: string; parked: number }
export interface DroppedFiles { file: IFormFileCollection; options?: string | null }
export interface DuplicateRequest { name?: string | null; workspaceId?: string | null; withRecords?: boolean | null }
export interface EnrolledBody { secret: string; uri: string }
export interface ErasedBody { id: string; erased: boolean; workspaces: string[] }
export interface Expiration { expirationTime: string }
export interface ExportOrder { format: string; view?: string | null; fields?: string[] | null; filterByFormula?: string | null; filter?: null | JsonElement; search?: string | null; timeZone?: string | null; guardFormulas?: boolean | null }
export interface FieldChange { name?: string | null; description?: string | null; options?: null | JsonElement; constraints?: null | JsonElement }
export interface FieldConversion { type: string; options?: null | JsonElement; dryRun?: boolean | null }
export interface FieldDefinition { id: string; name: string; type: string; description?: string | null; options?: null | JsonElement; constraints?: null | JsonElement }
export interface ForgottenRequest { email?: string | null }
export interface FormAnswers { fields: Record<string, unknown>; files?: Record<string, FormFile[]> | null; proof: string; website?: string | null }
export interface FormFile { filename: string; contentType?: string | null; file: string }
export interface FormQuestion { field: SharedField; label: string; help?: string | null; required: boolean; when: unknown[] }
export interface FormSubmitted { submitted: boolean; message?: string | null; redirectUrl?: string | null }
export interface GroupBody { id: string; name: string; members: number; roles: GroupRoleBody[] }
export interface GroupBy { field: string; direction?: string | null }
export interface GroupRoleBody { workspace?: string | null; role?: string | null }
export interface GroupRolesRequest { roles?: GroupRoleBody[] | null }
export interface GroupsBody { groups: GroupBody[] }
export interface HistoryItem { version: number; time: string; actor?: null | IdAndName; through: string; kind: string; changes: CellChange[] }
export interface HistoryOfRecord { entries: HistoryItem[]; cursor?: string | null }
export type IFormFile = string
export type IFormFileCollection = IFormFile[]
export interface IdAndName { id: string; name?: string | null }
export interface InvitationBody { id: string; url: string }
export interface Job { id: string; base: string; kind: string; queue: string; state: string; progress: JobProgress; attempts?: number; file?: null | JobFile; otherFile?: null | JobFile; createdTime?: string; startedTime?: string | null; finishedTime?: string | null; findings?: JobFinding[]; error?: null | JobError; result?: null | JobResult; traceId?: string | null; worker?: string | null; children?: Job[] | null }
export interface JobError { code: string; message: string; hint?: string | null }
export interface JobExport { id: string; name: string; size: number; rows: number; expiresTime: string }
export interface JobFile { id: string; name: string; size: number; sha256: string }
export interface JobFinding { code: string; severity: string; message: string; locator?: string | null; count: number }
export interface JobPage { jobs: Job[]; cursor?: string | null }
export interface JobProgress { done: number; total: number; step?: string | null }
export interface JobResult { tables: JobTable[]; file?: null | JobExport }
export interface JobTable { id: string; name: string; role: string; created: number; updated: number }
export interface JoinRequest { invitation?: string | null }
export type JsonElement = unknown
export interface LearnedMapping { table: string; column: string; field: string; numbers: string; dates: string; uses: number }
export interface LearnedMappings { mappings: LearnedMapping[] }
export interface LeftAlone { tableId: string; recordId?: string | null; fieldId?: string | null; reason: string; by?: null | IdAndName }
export interface ListedBase { id: string; name: string; permissionLevel: string; workspaceId: string }
export interface ListedDashboard { id: string; name: string; description?: string | null; widgetCount: number; version: number }
export interface ListedWebhook { id: string; areNotificationsEnabled: boolean; cursorForNextPayload: number; isHookEnabled: boolean; lastSuccessfulNotificationTime?: string | null; notificationUrl?: string | null; expirationTime: string; lastNotificationResult?: null | JsonElement; specification: JsonElement }
export interface MadeBase { id: string; tables: TableDefinition[] }
export interface MadeFromTemplate { id: string; name: string; tables: IdAndName[] }
export interface MadeShareLink { share: ShareLink; token: string; url: string }
export interface MadeWebhook { id: string; macSecretBase64: string; expirationTime: string }
export interface MappingOfImport { table?: string | null; newTable?: string | null; columns: ColumnMapping[]; merge?: null | MergeMapping; badRows?: string | null; keepIds?: boolean | null }
export interface MeBody { user: UserBody; workspaces: WorkspaceBody[]; installationOwner: boolean }
export interface MemberBody { id: string; email: string; name: string; role: Role }
export interface MembersBody { members: MemberBody[]; invitations: OpenInvitationBody[] }
export interface MergeMapping { on: string[]; existing?: string | null; missing?: string | null; emptyCells?: string | null; compare?: string | null }
export interface MergeRule { fieldsToMergeOn: string[] }
export interface NewBase { id?: string | null; name: string; workspaceId: string; tables: NewTable[] }
export interface NewConstraint { type?: string | null; fields: string[]; caseSensitive?: boolean | null }
export interface NewField { id?: string | null; name: string; type: string; description?: string | null; options?: null | JsonElement; constraints?: null | JsonElement }
export interface NewName { name?: string | null }
export interface NewPasswordRequest { link?: string | null; password?: string | null }
export interface NewServiceTokenBody { id: string; token: string; user: string; name: string; role?: null | Role; scopes: string[]; createdTime: string; expires?: string | null }
export interface NewServiceTokenRequest { name?: string | null; role?: string | null; scopes?: string[] | null; expires?: string | null }
export interface NewShareLink { view?: string | null; dashboard?: string | null; password?: string | null; expires?: string | null }
export interface NewTable { id?: string | null; name: string; description?: string | null; fields: NewField[] }
export interface NewTokenBody { id: string; token: string; name: string; scopes: string[]; limitedTo: string[]; createdTime: string; expires?: string | null }
export interface NewTokenRequest { name?: string | null; scopes?: string[] | null; limitedTo?: string[] | null; expires?: string | null }
export interface NewView { name?: string | null; type?: string | null; personal?: boolean | null; locked?: boolean | null; settings?: null | SettingsOfView }
export interface NewWorkspaceRequest { name?: string | null }
export type Nothing = Record<string, unknown>
export interface Notification { id: string; kind: string; base: NotificationPlace; table?: null | NotificationPlace; record?: string | null; field?: string | null; comment?: string | null; job?: null | NotificationJob; text?: string | null; count?: number; actor?: null | NotificationPlace; createdTime?: string; readTime?: string | null }
export interface NotificationJob { id: string; kind: string; state: string }
export interface NotificationPage { notifications: Notification[]; unread: number; cursor?: string | null }
export interface NotificationPlace { id: string; name: string }
export interface NotificationPreference { kind: string; inApp: boolean; mail: string }
export interface NotificationPreferences { kinds: NotificationPreference[]; timeZone?: string | null; hour?: number; email: string; confirmed?: boolean }
export interface Notifications { enable: boolean }
export interface NotificationsRead { ids?: string[] | null; all?: boolean | null }
export interface OpenInvitationBody { id: string; email: string; role: Role; expires: string }
export interface OpenedShareLink { kind: string; name: string; expires?: string | null; description?: string | null; widgets?: unknown[] | null; form?: null | SharedForm; proof?: string | null; type?: string | null; table?: string | null; primaryFieldId?: string | null; fields?: SharedField[] | null; settings?: null | SettingsOfView }
export interface OperationsAdvice { code: string; severity: string; part: string; cause: string; measured: string; action: string }
export interface OperationsLatency { count: number; errors: number; p50?: number | null; p95?: number | null; p99?: number | null; usualP95?: number | null }
export interface OperationsPart { name: string; kind: string; state: string; since?: string | null; detail: string }
export interface OperationsQueue { name: string; ready: number; running: number; oldestSeconds: number; consumers: number; concurrency: number; arrivalsPerSecond: number; servedPerSecond: number }
export interface OperationsView { time: string; parts: OperationsPart[]; queues: OperationsQueue[]; workers: number; requests: OperationsLatency; advice: OperationsAdvice[]; decisions: StoredDecision[] }
export interface PasswordRequest { password?: string | null }
export interface PastRecords { version: number; records: AirtableRecord[]; leftOut: string[]; cursor?: string | null }
export interface PayloadPage { payloads: unknown[]; cursor: number; mightHaveMore: boolean; payloadFormat: string }
export interface PeopleBody { people: PersonBody[]; offset?: string | null }
export interface PersonBody { id: string; email: string; name: string; installationOwner: boolean; active: boolean; createdTime: string }
export interface PlanLine { part: string; count: number; most: number; size: string; setting: string; perMonth: number }
export interface PlanLoad { part: string; cores: number; of: number; share?: number }
export interface PlanQuestion { users: number; editsPerSecond?: number | null; rows?: number; filesPerDay?: number; reserved?: boolean; spotWorkers?: boolean; arm?: boolean }
export interface PoolSize { minimum: number; maximum: number }
export interface PreferenceToChange { kind: string; inApp?: boolean | null; mail?: string | null }
export interface PreferencesToChange { kinds?: PreferenceToChange[] | null; timeZone?: string | null; hour?: number | null }
export interface PreviewOfImport { file: PreviewedFile; columns: PreviewedColumn[]; rows: string[][]; mapping: MappingOfImport; losses: PreviewedLoss[] }
export interface PreviewedColumn { name: string; type: string; filled: number; longest?: number | null; ambiguous: boolean; examples: string[] }
export interface PreviewedFile { format: string; encoding?: string | null; delimiter?: string | null; quote?: string | null; sheets?: string[] | null; sheet?: string | null; headerRow?: number | null; rows: number }
export interface PreviewedLoss { column?: string | null; cells: number; why: string }
export interface Problem { type?: string | null; title?: string | null; status: number; detail?: string | null; code: string; hint?: string | null; traceId?: string | null; errors?: ProblemField[] | null }
export interface ProblemField { field: string; message: string }
export interface ProviderBody { name: string; title: string; url: string }
export interface ProvidersBody { providers: ProviderBody[] }
export interface PurgedFromTrash { deleted: number }
export interface QueueConcurrency { concurrency?: number | null }
export interface RecordCount { total?: number | null; isExact: boolean; version?: number | null }
export interface RecordPage { records: AirtableRecord[]; offset?: string | null }
export interface RecordQuestion { fields?: string[] | null; filterByFormula?: string | null; maxRecords?: number | null; pageSize?: number | null; sort?: RecordSort[] | null; view?: string | null; cellFormat?: string | null; timeZone?: string | null; userLocale?: string | null; returnFieldsByFieldId?: boolean | null; recordMetadata?: string[] | null; offset?: string | null; filter?: null | JsonElement; search?: string | null }
export interface RecordSort { field: string; direction?: string | null }
export interface RecordSource { file: SourceFile; job: string; locator: string; confidence?: number | null; time: string }
export interface RecordToWrite { id?: string | null; fields: Record<string, unknown> }
export interface RecordsToWrite { fields?: Record<string, unknown> | null; records?: RecordToWrite[] | null; typecast?: boolean | null; returnFieldsByFieldId?: boolean | null; performUpsert?: null | MergeRule }
export interface RecoveryCodesBody { recoveryCodes: string[] }
export interface RedoAnswer { redone: UndoneAction[]; leftCount: number; left: LeftAlone[]; hasMore: boolean }
export interface ReleaseAnswer { release?: null | ReleaseOfTable }
export interface ReleaseOfTable { stateField: string; released: string[]; role?: string | null; revisionField?: string | null; predecessorField?: string | null }
export interface Report { milliseconds?: number | null; scans: string[]; sorts: boolean; rowsRead: number; isMeasured: boolean; indexes: Wanted[]; advice: Advice[]; plan: JsonElement }
export interface RestoredFromTrash { records?: null | JsonElement; leftCount?: number | null; left?: LeftAlone[] | null; id?: string | null; name?: string | null; type?: string | null; description?: string | null; options?: null | JsonElement; constraints?: null | JsonElement; primaryFieldId?: string | null; fields?: FieldDefinition[] | null; views?: ViewDefinition[] | null }
export interface Revised { id: string; revision?: string | null; linksLeft: string[] }
export interface RevokedShareLink { id: string; revoked: boolean }
export type Role = 'viewer' | 'commenter' | 'editor' | 'admin' | 'owner'
export interface RoleBody { id: string; role: Role }
export interface RowPage { records: AirtableRecord[]; offset?: string | null; start: number; total?: number | null; isExact: boolean }
export interface RuleOfField { field: string; to: string; access: string }
export interface RuleOfRows { to: string; formula: string }
export interface RulesOfTable { fields?: RuleOfField[] | null; rows?: RuleOfRows[] | null }
export interface RunPage { runs: AutomationRun[]; cursor?: string | null }
export interface RunStep { step: string; kind: string; state: string; input?: null | JsonElement; output?: null | JsonElement; error?: null | JobError; dueTime?: string | null; startedTime: string; finishedTime?: string | null }
export interface RunToBegin { record?: string | null; body?: null | JsonElement; test?: boolean | null }
export interface SampleBaseMade { id: string; tables: string[] }
export interface SearchAnswer { results: SearchHit[]; hasMore: boolean }
export interface SearchHit { tableId: string; recordId: string; name: string; excerpt: string }
export interface SecondFactorBody { enabled: boolean; required: boolean; recoveryCodesLeft: number }
export interface ServiceTokenBody { id: string; user: string; name: string; role?: null | Role; scopes: string[]; createdTime: string; expires?: string | null; lastUsedTime?: string | null }
export interface ServiceTokensBody { tokens: ServiceTokenBody[] }
export interface SessionBody { id: string; method: string; device: string; address: string; createdTime: string; lastSeenTime: string; current: boolean }
export interface SessionsBody { sessions: SessionBody[] }
export interface SettingsOfView { fields?: ViewField[] | null; filter?: null | JsonElement; sorts?: ViewOrder[] | null; groups?: ViewOrder[] | null; rowHeight?: string | null; frozenFields?: number | null; options?: Record<string, unknown> | null }
export interface ShareGrant { grant: string; seconds: number }
export interface ShareLink { id: string; kind: string; view?: string | null; dashboard?: string | null; hasPassword: boolean; createdBy?: string | null; createdTime: string; expires?: string | null; revoked?: string | null }
export interface ShareLinks { shares: ShareLink[] }
export interface ShareList { shares: unknown[] }
export interface ShareUnlock { password: string }
export interface SharedField { id: string; name: string; type: string; description?: string | null; options?: null | JsonElement }
export interface SharedForm { title?: string | null; description?: string | null; submitText?: string | null; coverImageUrl?: string | null; showBranding?: boolean | null; open: boolean; closedText?: string | null; questions: FormQuestion[] }
export interface SharedPage { records: SharedRecord[]; offset?: string | null }
export interface SharedRecord { id: string; fields: Record<string, unknown> }
export interface SheetsOfFile { sheets: string[] }
export interface SignInRequest { email?: string | null; password?: string | null }
export interface SignInWithCodeRequest { ticket?: string | null; code?: string | null }
export interface SignUpRequest { email?: string | null; password?: string | null; name?: string | null; invitation?: string | null; setupCode?: string | null }
export interface SignedInBody { user: UserBody; workspace?: null | WorkspaceName }
export interface SourceFile { id?: string | null; name?: string | null }
export interface StoredDecision { time: string; pool: string; actuator: string; was: number; desired: number; reason: string; explanation: string; error?: string | null }
export type Stream = string
export interface SyncDone { success: boolean }
export interface TableChange { name?: string | null; description?: string | null }
export interface TableDefinition { id: string; name: string; description?: string | null; primaryFieldId: string; fields: FieldDefinition[]; views: ViewDefinition[] }
export interface TableList { tables: TableDefinition[] }
export interface Template { id: string; name: string; description: string; tables: TemplateTable[] }
export interface TemplateList { templates: Template[] }
export interface TemplateTable { name: string; description?: string | null }
export interface TemplateUse { workspaceId: string; name?: string | null }
export interface TokenBody { id: string; name: string; scopes: string[]; limitedTo: string[]; createdTime: string; expires?: string | null; lastUsedTime?: string | null }
export interface TokensBody { tokens: TokenBody[] }
export interface TrashChoice { table?: string | null; records?: string[] | null; field?: string | null; withoutConstraints?: boolean | null }
export interface TrashItem { kind: string; id: string; name?: string | null; tableId?: string | null; deletedTime: string; deletedBy?: null | IdAndName }
export interface TrashList { items: TrashItem[]; cursor?: string | null }
export interface TreeAnswer { lines: TreeRow[]; isCut: boolean; hasCycle: boolean; records?: TreeTotal[] | null; value?: number | null }
export interface TreeRow { record: string; level: number; quantity: number; total: number; value?: number | null }
export interface TreeTotal { record: string; total: number; value?: number | null }
export interface UndoAnswer { undone: UndoneAction[]; leftCount: number; left: LeftAlone[]; hasMore: boolean }
export interface UndoRequest { group?: string | null; mutation?: string | null; transaction?: number | null }
export interface UndoneAction { transaction: number; command: string; time: string; recordsRestored: number; recordsDeleted: number; cells: number; links: number; definitions: number }
export interface UnreadCount { unread: number }
export interface UnsentMail { id: string; template: string; to: string; state: string; attempts: number; error?: null | JobError; createdTime: string }
export interface UnsentMails { mails: UnsentMail[] }
export interface UploadedFile { contentType: string; filename: string; file: string }
export interface UserBody { id: string; email?: string | null; name: string }
export interface ViewDefinition { id: string; name: string; type: string; visibleFieldIds?: string[] | null }
export interface ViewDefinitions { views: ViewDefinition[] }
export interface ViewField { field: string; hidden?: boolean | null; width?: number | null; aggregate?: string | null }
export interface ViewMove { before?: string | null }
export interface ViewOrder { field: string; direction?: string | null; collapsed?: unknown[] | null }
export interface Wanted { for: string; fields: string[]; isThere: boolean; uses: number }
export interface WebhookDelivery { id: string; try: number; status: number; error?: string | null; durationMs: number; nextTryTime?: string | null; time: string }
export interface WebhookList { webhooks: ListedWebhook[] }
export interface WebhookToMake { notificationUrl?: string | null; specification: JsonElement }
export interface WhoIAm { id: string; email?: string | null; scopes: string[] }
export interface WholeBase { id: string; name: string; createdTime: string; permissionLevel: string; workspaceId: string; individualCollaborators?: null | JsonElement; groupCollaborators?: null | JsonElement; inviteLinks?: null | JsonElement; interfaces?: null | JsonElement }
export interface WholeDashboard { id: string; name: string; description?: string | null; version: number; widgets: DashboardWidget[]; createdBy: string; createdTime: string }
export interface WholeView { id: string; name: string; type: string; personal: boolean; locked: boolean; settings: SettingsOfView }
export interface WholeViews { views: WholeView[] }
export interface WholeWorkspace { id: string; name: string; createdTime: string; baseIds: string[]; individualCollaborators: JsonElement; groupCollaborators: JsonElement; inviteLinks: JsonElement }
export interface WidgetAggregate { field: string; function: string }
export interface WidgetBucket { key?: null | JsonElement; label: string; color?: string | null; isOther: boolean; count: number; values: unknown[]; series?: WidgetTotal[] | null }
export interface WidgetData { type: string; version?: number | null; total?: null | WidgetTotal; groups?: WidgetBucket[] | null; series?: WidgetBucket[] | null; records?: WidgetRecord[] | null; hasMore?: boolean | null; text?: string | null; fields?: WidgetField[] | null; stale?: string[] | null }
export interface WidgetField { id: string; name: string; type: string; description?: string | null; options?: null | JsonElement }
export interface WidgetGroup { field: string; by?: string | null; step?: number | null; order?: string | null; direction?: string | null; limit?: number | null }
export interface WidgetPlace { x: number; y: number; width: number; height: number }
export interface WidgetRecord { id: string; createdTime?: string | null; fields: Record<string, unknown> }
export interface WidgetToWrite { type: string; id?: string | null; title?: string | null; place?: null | WidgetPlace; table?: string | null; view?: string | null; filter?: null | JsonElement; timeZone?: string | null; chart?: string | null; groups?: WidgetGroup[] | null; aggregates?: WidgetAggregate[] | null; x?: string | null; y?: string | null; fields?: string[] | null; sorts?: RecordSort[] | null; limit?: number | null; text?: string | null; options?: null | JsonElement }
export interface WidgetTotal { count: number; values: unknown[] }
export interface WorkspaceBody { id: string; name: string; role: Role }
export interface WorkspaceName { id: string; name: string }
export interface WorkspacesBody { workspaces: WorkspaceBody[] }
export interface WrittenAirtableRecords { id?: string | null; createdTime?: string | null; fields?: Record<string, unknown> | null; records?: AirtableRecord[] | null; createdRecords?: string[] | null; updatedRecords?: string[] | null }

/** What each route takes and gives. */
export interface Routes {
  'GET /api/audit': { body: undefined; answer: AuditPage }
  'POST /api/auth/confirm': { body: ConfirmRequest; answer: undefined }
  'GET /api/auth/confirmation': { body: undefined; answer: ConfirmationBody }
  'POST /api/auth/confirmation': { body: undefined; answer: undefined }
  'GET /api/auth/me': { body: undefined; answer: MeBody }
  'GET /api/auth/oidc/{provider}': { body: undefined; answer: undefined }
  'POST /api/auth/password': { body: NewPasswordRequest; answer: undefined }
  'POST /api/auth/password/forgotten': { body: ForgottenRequest; answer: undefined }
  'GET /api/auth/providers': { body: undefined; answer: ProvidersBody }
  'GET /api/auth/second-factor': { body: undefined; answer: SecondFactorBody }
  'POST /api/auth/second-factor': { body: PasswordRequest; answer: EnrolledBody }
  'POST /api/auth/second-factor/confirm': { body: CodeRequest; answer: RecoveryCodesBody }
  'POST /api/auth/second-factor/disable': { body: PasswordRequest; answer: SecondFactorBody }
  'POST /api/auth/second-factor/recovery-codes': { body: PasswordRequest; answer: RecoveryCodesBody }
  'POST /api/auth/sign-in': { body: SignInRequest; answer: SignedInBody }
  'POST /api/auth/sign-in/second-factor': { body: SignInWithCodeRequest; answer: SignedInBody }
  'POST /api/auth/sign-out': { body: undefined; answer: undefined }
  'POST /api/auth/sign-up': { body: SignUpRequest; answer: SignedInBody }
  'POST /api/automation-hooks/{token}': { body: Record<string, unknown>; answer: BegunRun }
  'POST /api/bases/{baseId}/airtable-imports': { body: AirtableSource; answer: Job }
  'GET /api/bases/{baseId}/audit': { body: undefined; answer: AuditPage }
  'GET /api/bases/{baseId}/automations': { body: undefined; answer: AutomationsBody }
  'POST /api/bases/{baseId}/automations': { body: AutomationToWrite; answer: AutomationBody }
  'DELETE /api/bases/{baseId}/automations/{automation}': { body: undefined; answer: undefined }
  'GET /api/bases/{baseId}/automations/{automation}': { body: undefined; answer: AutomationBody }
  'PATCH /api/bases/{baseId}/automations/{automation}': { body: AutomationToWrite; answer: AutomationBody }
  'POST /api/bases/{baseId}/automations/{automation}/hook': { body: undefined; answer: AutomationHook }
  'GET /api/bases/{baseId}/automations/{automation}/runs': { body: undefined; answer: RunPage }
  'POST /api/bases/{baseId}/automations/{automation}/runs': { body: RunToBegin; answer: BegunRun }
  'GET /api/bases/{baseId}/automations/{automation}/runs/{run}': { body: undefined; answer: AutomationRun }
  'POST /api/bases/{baseId}/automations/{automation}/runs/{run}/retry': { body: undefined; answer: undefined }
  'POST /api/bases/{baseId}/comparisons': { body: FormData; answer: Job }
  'GET /api/bases/{baseId}/dashboards': { body: undefined; answer: DashboardList }
  'POST /api/bases/{baseId}/dashboards': { body: DashboardToWrite; answer: WholeDashboard }
  'POST /api/bases/{baseId}/dashboards/preview': { body: WidgetToWrite; answer: WidgetData }
  'DELETE /api/bases/{baseId}/dashboards/{dashboard}': { body: undefined; answer: DeletedThing }
  'GET /api/bases/{baseId}/dashboards/{dashboard}': { body: undefined; answer: WholeDashboard }
  'PATCH /api/bases/{baseId}/dashboards/{dashboard}': { body: DashboardToWrite; answer: WholeDashboard }
  'POST /api/bases/{baseId}/dashboards/{dashboard}/duplicate': { body: undefined; answer: WholeDashboard }
  'GET /api/bases/{baseId}/dashboards/{dashboard}/widgets/{widget}/data': { body: undefined; answer: WidgetData }
  'POST /api/bases/{baseId}/duplicate': { body: DuplicateRequest; answer: CopiedBase }
  'POST /api/bases/{baseId}/extractions': { body: FormData; answer: Job }
  'GET /api/bases/{baseId}/files/{file}/original': { body: undefined; answer: Blob }
  'GET /api/bases/{baseId}/files/{file}/picture': { body: undefined; answer: Blob }
  'GET /api/bases/{baseId}/files/{file}/sheets': { body: undefined; answer: SheetsOfFile }
  'GET /api/bases/{baseId}/import-mappings': { body: undefined; answer: LearnedMappings }
  'POST /api/bases/{baseId}/imports': { body: FormData; answer: Job }
  'POST /api/bases/{baseId}/parts-lists': { body: FormData; answer: Job }
  'POST /api/bases/{baseId}/redo': { body: UndoRequest; answer: RedoAnswer }
  'GET /api/bases/{baseId}/search': { body: undefined; answer: SearchAnswer }
  'GET /api/bases/{baseId}/shares': { body: undefined; answer: ShareLinks }
  'POST /api/bases/{baseId}/shares': { body: NewShareLink; answer: MadeShareLink }
  'DELETE /api/bases/{baseId}/shares/{share}': { body: undefined; answer: RevokedShareLink }
  'PATCH /api/bases/{baseId}/shares/{share}': { body: ChangedShareLink; answer: ShareLink }
  'GET /api/bases/{baseId}/snapshot': { body: undefined; answer: Blob }
  'POST /api/bases/{baseId}/snapshot/restore': { body: Blob; answer: CopiedBase }
  'POST /api/bases/{baseId}/snapshots': { body: undefined; answer: Job }
  'POST /api/bases/{baseId}/tables/{table}/aggregate': { body: AggregateQuestion; answer: AggregateAnswer }
  'POST /api/bases/{baseId}/tables/{table}/constraints': { body: NewConstraint; answer: ConstraintOfTable }
  'DELETE /api/bases/{baseId}/tables/{table}/constraints/{id}': { body: undefined; answer: undefined }
  'POST /api/bases/{baseId}/tables/{table}/duplicate': { body: DuplicateRequest; answer: TableDefinition }
  'POST /api/bases/{baseId}/tables/{table}/explain': { body: RecordQuestion; answer: Report }
  'GET /api/bases/{baseId}/tables/{table}/export': { body: undefined; answer: Blob }
  'POST /api/bases/{baseId}/tables/{table}/exports': { body: ExportOrder; answer: Job }
  'PUT /api/bases/{baseId}/tables/{table}/fields/{field}/constraints': { body: ConstraintsOfField; answer: FieldDefinition }
  'POST /api/bases/{baseId}/tables/{table}/fields/{field}/convert': { body: FieldConversion; answer: ConvertedField }
  'DELETE /api/bases/{baseId}/tables/{table}/import-mappings/{column}': { body: undefined; answer: undefined }
  'GET /api/bases/{baseId}/tables/{table}/position': { body: undefined; answer: RecordCount }
  'GET /api/bases/{baseId}/tables/{table}/records': { body: undefined; answer: PastRecords }
  'GET /api/bases/{baseId}/tables/{table}/records/{id}/history': { body: undefined; answer: HistoryOfRecord }
  'POST /api/bases/{baseId}/tables/{table}/records/{id}/press/{field}': { body: undefined; answer: BegunRuns }
  'GET /api/bases/{baseId}/tables/{table}/records/{id}/provenance': { body: undefined; answer: CellSources }
  'POST /api/bases/{baseId}/tables/{table}/records/{id}/revise': { body: undefined; answer: Revised }
  'DELETE /api/bases/{baseId}/tables/{table}/release': { body: undefined; answer: undefined }
  'GET /api/bases/{baseId}/tables/{table}/release': { body: undefined; answer: ReleaseAnswer }
  'PUT /api/bases/{baseId}/tables/{table}/release': { body: ReleaseOfTable; answer: ReleaseAnswer }
  'GET /api/bases/{baseId}/tables/{table}/rows': { body: undefined; answer: RowPage }
  'DELETE /api/bases/{baseId}/tables/{table}/rules': { body: undefined; answer: undefined }
  'GET /api/bases/{baseId}/tables/{table}/rules': { body: undefined; answer: RulesOfTable }
  'PUT /api/bases/{baseId}/tables/{table}/rules': { body: RulesOfTable; answer: RulesOfTable }
  'GET /api/bases/{baseId}/tables/{table}/tree': { body: undefined; answer: TreeAnswer }
  'GET /api/bases/{baseId}/tables/{table}/views': { body: undefined; answer: WholeViews }
  'POST /api/bases/{baseId}/tables/{table}/views': { body: NewView; answer: WholeView }
  'DELETE /api/bases/{baseId}/tables/{table}/views/{view}': { body: undefined; answer: DeletedThing }
  'GET /api/bases/{baseId}/tables/{table}/views/{view}': { body: undefined; answer: WholeView }
  'PATCH /api/bases/{baseId}/tables/{table}/views/{view}': { body: ChangedView; answer: WholeView }
  'POST /api/bases/{baseId}/tables/{table}/views/{view}/duplicate': { body: NewName; answer: WholeView }
  'POST /api/bases/{baseId}/tables/{table}/views/{view}/move': { body: ViewMove; answer: WholeView }
  'GET /api/bases/{baseId}/trash': { body: undefined; answer: TrashList }
  'POST /api/bases/{baseId}/trash/purge': { body: TrashChoice; answer: PurgedFromTrash }
  'POST /api/bases/{baseId}/trash/restore': { body: TrashChoice; answer: RestoredFromTrash }
  'POST /api/bases/{baseId}/undo': { body: UndoRequest; answer: UndoAnswer }
  'GET /api/bases/{baseId}/webhooks/{webhook}/deliveries': { body: undefined; answer: DeliveriesBody }
  'POST /api/bases/{baseId}/webhooks/{webhook}/redeliver': { body: undefined; answer: undefined }
  'GET /api/directory/groups': { body: undefined; answer: GroupsBody }
  'PUT /api/directory/groups/{group}/roles': { body: GroupRolesRequest; answer: GroupBody }
  'DELETE /api/directory/token': { body: undefined; answer: undefined }
  'POST /api/directory/token': { body: undefined; answer: DirectoryTokenBody }
  'GET /api/jobs': { body: undefined; answer: JobPage }
  'GET /api/jobs/{id}': { body: undefined; answer: Job }
  'POST /api/jobs/{id}/cancel': { body: undefined; answer: Job }
  'GET /api/jobs/{id}/file': { body: undefined; answer: Blob }
  'POST /api/jobs/{id}/import': { body: MappingOfImport; answer: Job }
  'GET /api/jobs/{id}/preview': { body: undefined; answer: PreviewOfImport }
  'POST /api/jobs/{id}/retry': { body: undefined; answer: Job }
  'GET /api/notifications': { body: undefined; answer: NotificationPage }
  'GET /api/notifications/preferences': { body: undefined; answer: NotificationPreferences }
  'PATCH /api/notifications/preferences': { body: PreferencesToChange; answer: NotificationPreferences }
  'POST /api/notifications/read': { body: NotificationsRead; answer: UnreadCount }
  'GET /api/operations': { body: undefined; answer: OperationsView }
  'GET /api/operations/mails': { body: undefined; answer: UnsentMails }
  'POST /api/operations/mails/{id}/retry': { body: undefined; answer: undefined }
  'POST /api/operations/plan': { body: PlanQuestion; answer: CapacityPlan }
  'PUT /api/operations/queues/{queue}/concurrency': { body: QueueConcurrency; answer: undefined }
  'POST /api/operations/queues/{queue}/drain': { body: undefined; answer: DrainedQueue }
  'POST /api/operations/sample-base': { body: undefined; answer: SampleBaseMade }
  'GET /api/people': { body: undefined; answer: PeopleBody }
  'DELETE /api/people/{person}': { body: undefined; answer: ErasedBody }
  'GET /api/people/{person}/data': { body: undefined; answer: Record<string, unknown> }
  'DELETE /api/sessions': { body: undefined; answer: undefined }
  'GET /api/sessions': { body: undefined; answer: SessionsBody }
  'DELETE /api/sessions/{id}': { body: undefined; answer: undefined }
  'GET /api/shares/{token}': { body: undefined; answer: OpenedShareLink }
  'POST /api/shares/{token}/aggregate': { body: AggregateQuestion; answer: AggregateAnswer }
  'GET /api/shares/{token}/records': { body: undefined; answer: SharedPage }
  'POST /api/shares/{token}/submit': { body: FormAnswers; answer: FormSubmitted }
  'POST /api/shares/{token}/unlock': { body: ShareUnlock; answer: ShareGrant }
  'GET /api/shares/{token}/widgets/{widget}/data': { body: undefined; answer: WidgetData }
  'GET /api/templates': { body: undefined; answer: TemplateList }
  'POST /api/templates/{template}': { body: TemplateUse; answer: MadeFromTemplate }
  'GET /api/tokens': { body: undefined; answer: TokensBody }
  'POST /api/tokens': { body: NewTokenRequest; answer: NewTokenBody }
  'DELETE /api/tokens/{id}': { body: undefined; answer: undefined }
  'GET /api/unsubscribe/{token}': { body: undefined; answer: undefined }
  'POST /api/unsubscribe/{token}': { body: undefined; answer: undefined }
  'GET /api/workspaces': { body: undefined; answer: WorkspacesBody }
  'POST /api/workspaces': { body: NewWorkspaceRequest; answer: WorkspaceBody }
  'POST /api/workspaces/join': { body: JoinRequest; answer: WorkspaceBody }
  'GET /api/workspaces/{workspace}/audit': { body: undefined; answer: AuditPage }
  'GET /api/workspaces/{workspace}/members': { body: undefined; answer: MembersBody }
  'POST /api/workspaces/{workspace}/members': { body: AddMemberRequest; answer: AddedBody }
  'DELETE /api/workspaces/{workspace}/members/{id}': { body: undefined; answer: undefined }
  'PATCH /api/workspaces/{workspace}/members/{id}': { body: ChangeMemberRequest; answer: RoleBody }
  'GET /api/workspaces/{workspace}/service-tokens': { body: undefined; answer: ServiceTokensBody }
  'POST /api/workspaces/{workspace}/service-tokens': { body: NewServiceTokenRequest; answer: NewServiceTokenBody }
  'DELETE /api/workspaces/{workspace}/service-tokens/{id}': { body: undefined; answer: undefined }
  'POST /api/workspaces/{workspace}/snapshots': { body: Blob; answer: CopiedBase }
  'GET /api/workspaces/{workspace}/trash': { body: undefined; answer: TrashList }
  'DELETE /api/workspaces/{workspace}/trash/{baseId}': { body: undefined; answer: DeletedThing }
  'POST /api/workspaces/{workspace}/trash/{baseId}/restore': { body: undefined; answer: BaseName }
  'GET /files/{token}': { body: undefined; answer: Blob }
  'GET /scim/v2/Groups': { body: undefined; answer: undefined }
  'POST /scim/v2/Groups': { body: undefined; answer: undefined }
  'DELETE /scim/v2/Groups/{group}': { body: undefined; answer: undefined }
  'GET /scim/v2/Groups/{group}': { body: undefined; answer: undefined }
  'PATCH /scim/v2/Groups/{group}': { body: undefined; answer: undefined }
  'PUT /scim/v2/Groups/{group}': { body: undefined; answer: undefined }
  'GET /scim/v2/ResourceTypes': { body: undefined; answer: undefined }
  'GET /scim/v2/ServiceProviderConfig': { body: undefined; answer: undefined }
  'GET /scim/v2/Users': { body: undefined; answer: undefined }
  'POST /scim/v2/Users': { body: undefined; answer: undefined }
  'DELETE /scim/v2/Users/{user}': { body: undefined; answer: undefined }
  'GET /scim/v2/Users/{user}': { body: undefined; answer: undefined }
  'PATCH /scim/v2/Users/{user}': { body: undefined; answer: undefined }
  'PUT /scim/v2/Users/{user}': { body: undefined; answer: undefined }
  'GET /v0/bases/{baseId}/webhooks': { body: undefined; answer: WebhookList }
  'POST /v0/bases/{baseId}/webhooks': { body: WebhookToMake; answer: MadeWebhook }
  'DELETE /v0/bases/{baseId}/webhooks/{webhook}': { body: undefined; answer: Nothing }
  'POST /v0/bases/{baseId}/webhooks/{webhook}/enableNotifications': { body: Notifications; answer: Nothing }
  'GET /v0/bases/{baseId}/webhooks/{webhook}/payloads': { body: undefined; answer: PayloadPage }
  'POST /v0/bases/{baseId}/webhooks/{webhook}/refresh': { body: undefined; answer: Expiration }
  'GET /v0/meta/bases': { body: undefined; answer: BasePage }
  'POST /v0/meta/bases': { body: NewBase; answer: MadeBase }
  'DELETE /v0/meta/bases/{baseId}': { body: undefined; answer: DeletedThing }
  'GET /v0/meta/bases/{baseId}': { body: undefined; answer: WholeBase }
  'PATCH /v0/meta/bases/{baseId}': { body: BaseChange; answer: BaseName }
  'GET /v0/meta/bases/{baseId}/shares': { body: undefined; answer: ShareList }
  'GET /v0/meta/bases/{baseId}/tables': { body: undefined; answer: TableList }
  'POST /v0/meta/bases/{baseId}/tables': { body: NewTable; answer: TableDefinition }
  'DELETE /v0/meta/bases/{baseId}/tables/{table}': { body: undefined; answer: DeletedThing }
  'PATCH /v0/meta/bases/{baseId}/tables/{table}': { body: TableChange; answer: TableDefinition }
  'POST /v0/meta/bases/{baseId}/tables/{table}/fields': { body: NewField; answer: FieldDefinition }
  'DELETE /v0/meta/bases/{baseId}/tables/{table}/fields/{field}': { body: undefined; answer: DeletedThing }
  'PATCH /v0/meta/bases/{baseId}/tables/{table}/fields/{field}': { body: FieldChange; answer: FieldDefinition }
  'GET /v0/meta/bases/{baseId}/views': { body: undefined; answer: ViewDefinitions }
  'DELETE /v0/meta/bases/{baseId}/views/{view}': { body: undefined; answer: DeletedThing }
  'GET /v0/meta/bases/{baseId}/views/{view}': { body: undefined; answer: ViewDefinition }
  'GET /v0/meta/whoami': { body: undefined; answer: WhoIAm }
  'GET /v0/meta/workspaces/{workspace}': { body: undefined; answer: WholeWorkspace }
  'POST /v0/{baseId}/{id}/{field}/uploadAttachment': { body: UploadedFile; answer: AirtableRecord }
  'DELETE /v0/{baseId}/{table}': { body: undefined; answer: DeletedRecords }
  'GET /v0/{baseId}/{table}': { body: undefined; answer: RecordPage }
  'PATCH /v0/{baseId}/{table}': { body: RecordsToWrite; answer: WrittenAirtableRecords }
  'POST /v0/{baseId}/{table}': { body: RecordsToWrite; answer: WrittenAirtableRecords }
  'PUT /v0/{baseId}/{table}': { body: RecordsToWrite; answer: WrittenAirtableRecords }
  'POST /v0/{baseId}/{table}/listRecords': { body: RecordQuestion; answer: RecordPage }
  'POST /v0/{baseId}/{table}/sync/{sync}': { body: string; answer: SyncDone }
  'DELETE /v0/{baseId}/{table}/{id}': { body: undefined; answer: DeletedThing }
  'GET /v0/{baseId}/{table}/{id}': { body: undefined; answer: AirtableRecord }
  'PATCH /v0/{baseId}/{table}/{id}': { body: RecordsToWrite; answer: AirtableRecord }
  'PUT /v0/{baseId}/{table}/{id}': { body: RecordsToWrite; answer: AirtableRecord }
  'GET /v0/{baseId}/{table}/{id}/comments': { body: undefined; answer: CommentList }
  'POST /v0/{baseId}/{table}/{id}/comments': { body: CommentToWrite; answer: AirtableComment }
  'DELETE /v0/{baseId}/{table}/{id}/comments/{comment}': { body: undefined; answer: DeletedThing }
  'PATCH /v0/{baseId}/{table}/{id}/comments/{comment}': { body: CommentToWrite; answer: AirtableComment }
}
