using System.Text.Json;
using PyBase.Api.Audit;
using PyBase.Api.Automations;
using PyBase.Api.Operations;
using PyBase.Core.Jobs;
using PyBase.Core.Notifications;
using PyBase.Core.Scaling;
using PyBase.Storage.Notifications;
using PyBase.Storage.Queries;

namespace PyBase.Api.OpenApi;

/// <summary>The operations under /api that do not declare their types themselves.</summary>
static class ApiShapes
{
    const string Files = "multipart/form-data", Gzip = "application/gzip", Any = "application/octet-stream";

    /// <summary>What selects and orders records, in the query of a list.</summary>
    public static readonly string[] List = ["fields[]", "filterByFormula", "filter", "sort[0][field]", "sort[0][direction]", "view", "search", "pageSize", "maxRecords", "offset", "cellFormat", "timeZone", "userLocale", "returnFieldsByFieldId", "recordMetadata[]"];

    static readonly string[] Audit = ["act", "actor", "subject", "from", "to", "pageSize", "offset", "format"];

    public static readonly Dictionary<string, Shape> All = new()
    {
        ["SetFieldConstraints"] = new(typeof(ConstraintsOfField), typeof(FieldDefinition)),
        ["AddConstraint"] = new(typeof(NewConstraint), typeof(ConstraintOfTable), 201),
        ["RemoveConstraint"] = new(null, null, 204),
        ["ConvertField"] = new(typeof(FieldConversion), typeof(ConvertedField)),
        ["ListRecordsAsOf"] = new(null, typeof(PastRecords)),
        ["GetRecordHistory"] = new(null, typeof(HistoryOfRecord)),
        ["Undo"] = new(typeof(UndoRequest), typeof(UndoAnswer)),
        ["Redo"] = new(typeof(UndoRequest), typeof(RedoAnswer)),
        ["GetRelease"] = new(null, typeof(ReleaseAnswer)),
        ["SetRelease"] = new(typeof(ReleaseOfTable), typeof(ReleaseAnswer)),
        ["RemoveRelease"] = new(null, null, 204),
        ["ReviseRecord"] = new(null, typeof(Revised), 201),
        ["GetRules"] = new(null, typeof(RulesOfTable)),
        ["SetRules"] = new(typeof(RulesOfTable), typeof(RulesOfTable)),
        ["RemoveRules"] = new(null, null, 204),
        ["ListTrash"] = new(null, typeof(TrashList)),
        ["RestoreFromTrash"] = new(typeof(TrashChoice), typeof(RestoredFromTrash)),
        ["PurgeTrash"] = new(typeof(TrashChoice), typeof(PurgedFromTrash)),
        ["ListDeletedBases"] = new(null, typeof(TrashList)),
        ["RestoreBase"] = new(null, typeof(BaseName)),
        ["PurgeBase"] = new(null, typeof(DeletedThing)),
        ["GetSnapshot"] = new(null, typeof(Stream), Gives: Gzip),
        ["RestoreSnapshot"] = new(typeof(Stream), typeof(CopiedBase), Takes: Gzip),
        ["CreateFromSnapshot"] = new(typeof(Stream), typeof(CopiedBase), 201, Takes: Gzip),
        ["DuplicateBase"] = new(typeof(DuplicateRequest), typeof(CopiedBase), 201),
        ["DuplicateTable"] = new(typeof(DuplicateRequest), typeof(TableDefinition), 201),
        ["DropFiles"] = new(typeof(DroppedFiles), typeof(Job), 202, Takes: Files),
        ["ImportFiles"] = new(typeof(DroppedFiles), typeof(Job), 202, Takes: Files),
        ["CompareFiles"] = new(typeof(DroppedFiles), typeof(Job), 202, Takes: Files),
        ["AddUpPartsLists"] = new(typeof(DroppedFiles), typeof(Job), 202, Takes: Files),
        ["ImportAirtableBase"] = new(typeof(AirtableSource), typeof(Job), 202),
        ["ListImportMappings"] = new(null, typeof(LearnedMappings)),
        ["ForgetImportMapping"] = new(null, null, 204),
        ["GetProvenance"] = new(null, typeof(CellSources)),
        ["ListJobs"] = new(null, typeof(JobPage)),
        ["GetJob"] = new(null, typeof(Job)),
        ["PreviewImport"] = new(null, typeof(PreviewOfImport)),
        ["DecideImport"] = new(typeof(MappingOfImport), typeof(Job)),
        ["DownloadExport"] = new(null, typeof(Stream), Gives: Any),
        ["CancelJob"] = new(null, typeof(Job)),
        ["RetryJob"] = new(null, typeof(Job)),
        ["DownloadTable"] = new(null, typeof(Stream), Gives: Any, Query: ["format", "view", "fields[]", "filterByFormula", "filter", "search", "timeZone", "guardFormulas"]),
        ["ExportTable"] = new(typeof(ExportOrder), typeof(Job), 202),
        ["ListViews"] = new(null, typeof(WholeViews)),
        ["CreateView"] = new(typeof(NewView), typeof(WholeView), 201),
        ["GetView"] = new(null, typeof(WholeView)),
        ["ChangeView"] = new(typeof(ChangedView), typeof(WholeView)),
        ["DeleteView"] = new(null, typeof(DeletedThing)),
        ["DuplicateView"] = new(typeof(NewName), typeof(WholeView), 201),
        ["MoveView"] = new(typeof(ViewMove), typeof(WholeView)),
        ["ListTemplates"] = new(null, typeof(TemplateList)),
        ["CreateBaseFromTemplate"] = new(typeof(TemplateUse), typeof(MadeFromTemplate), 201),
        ["ListShareLinks"] = new(null, typeof(ShareLinks)),
        ["CreateShareLink"] = new(typeof(NewShareLink), typeof(MadeShareLink), 201),
        ["ChangeShareLink"] = new(typeof(ChangedShareLink), typeof(ShareLink)),
        ["RevokeShareLink"] = new(null, typeof(RevokedShareLink)),
        ["OpenShareLink"] = new(null, typeof(OpenedShareLink)),
        ["UnlockShareLink"] = new(typeof(ShareUnlock), typeof(ShareGrant)),
        ["ListSharedRecords"] = new(null, typeof(SharedPage), Query: List),
        ["AggregateSharedRecords"] = new(typeof(AggregateQuestion), typeof(AggregateAnswer)),
        ["SubmitForm"] = new(typeof(FormAnswers), typeof(FormSubmitted)),
        ["ListDashboards"] = new(null, typeof(DashboardList)),
        ["CreateDashboard"] = new(typeof(DashboardToWrite), typeof(WholeDashboard), 201),
        ["GetDashboard"] = new(null, typeof(WholeDashboard)),
        ["ChangeDashboard"] = new(typeof(DashboardToWrite), typeof(WholeDashboard)),
        ["DeleteDashboard"] = new(null, typeof(DeletedThing)),
        ["DuplicateDashboard"] = new(null, typeof(WholeDashboard), 201),
        ["PreviewWidget"] = new(typeof(WidgetToWrite), typeof(WidgetData)),
        ["GetWidgetData"] = new(null, typeof(WidgetData)),
        ["GetSharedWidgetData"] = new(null, typeof(WidgetData)),
        ["ListAudit"] = new(null, typeof(AuditPage), Query: [.. Audit, "workspace", "base"]),
        ["ListWorkspaceAudit"] = new(null, typeof(AuditPage), Query: [.. Audit, "base"]),
        ["ListBaseAudit"] = new(null, typeof(AuditPage), Query: Audit),
        ["exportPerson"] = new(null, typeof(IReadOnlyDictionary<string, JsonElement>)),
        ["ReceiveAutomationHook"] = new(typeof(IReadOnlyDictionary<string, JsonElement>), typeof(BegunRun), 202),
        ["MakeSnapshot"] = new(null, typeof(Job), 202),
        ["AggregateRecords"] = new(typeof(AggregateQuestion), typeof(AggregateAnswer)),
        ["CountRecords"] = new(null, typeof(RecordCount), Query: List),
        ["JumpToRecords"] = new(null, typeof(RowPage), Query: ["start", .. List]),
        ["ExplainQuery"] = new(typeof(RecordQuestion), typeof(QueryReport.Report)),
        ["ExplodeRecord"] = new(null, typeof(TreeAnswer)),
        ["SearchBase"] = new(null, typeof(SearchAnswer), Query: ["q", "limit"]),
        ["ListNotifications"] = new(null, typeof(NotificationPage)),
        ["GetNotificationPreferences"] = new(null, typeof(NotificationPreferences)),
        ["ChangeNotificationPreferences"] = new(typeof(PreferencesToChange), typeof(NotificationPreferences)),
        ["ReadNotifications"] = new(typeof(NotificationsRead), typeof(UnreadCount)),
        ["GetOperations"] = new(null, typeof(OperationsView)),
        ["PlanCapacity"] = new(typeof(PlanQuestion), typeof(CapacityPlan)),
        ["SetQueueConcurrency"] = new(typeof(QueueConcurrency), null, 204),
        ["LoadSampleBase"] = new(null, typeof(SampleBaseMade), 201),
        ["DrainQueue"] = new(null, typeof(DrainedQueue)),
        ["ListUnsentMails"] = new(null, typeof(UnsentMails)),
        ["RetryMail"] = new(null, null, 202),
        ["GetOriginal"] = new(null, typeof(Stream), Gives: Any),
        ["GetPicture"] = new(null, typeof(Stream), Gives: "image/*"),
        ["GetSheets"] = new(null, typeof(SheetsOfFile)),
        ["DownloadFile"] = new(null, typeof(Stream), Gives: Any),
    };
}
