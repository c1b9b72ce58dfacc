using System.Text.Json;

namespace PyBase.Api.OpenApi;

// What /v0 takes and gives, for its description: answers are written property by property, so no type of theirs exists elsewhere. Names are those that generated types get.

/// <summary>A record; cells by field name or id, empty ones left out.</summary>
sealed record AirtableRecord(string Id, DateTimeOffset CreatedTime, IReadOnlyDictionary<string, JsonElement> Fields, int? CommentCount);

sealed record RecordPage(IReadOnlyList<AirtableRecord> Records, string? Offset);

/// <summary>One record where one was sent, else the list; an upsert says which are new.</summary>
sealed record WrittenAirtableRecords(string? Id, DateTimeOffset? CreatedTime, IReadOnlyDictionary<string, JsonElement>? Fields, IReadOnlyList<AirtableRecord>? Records, IReadOnlyList<string>? CreatedRecords, IReadOnlyList<string>? UpdatedRecords);

sealed record RecordToWrite(string? Id, IReadOnlyDictionary<string, JsonElement> Fields);

sealed record MergeRule(IReadOnlyList<string> FieldsToMergeOn);

/// <summary>Either <c>fields</c> of one record or <c>records</c>.</summary>
sealed record RecordsToWrite(IReadOnlyDictionary<string, JsonElement>? Fields, IReadOnlyList<RecordToWrite>? Records, bool? Typecast, bool? ReturnFieldsByFieldId, MergeRule? PerformUpsert);

sealed record RecordSort(string Field, string? Direction);

sealed record RecordQuestion(
    IReadOnlyList<string>? Fields, string? FilterByFormula, int? MaxRecords, int? PageSize, IReadOnlyList<RecordSort>? Sort, string? View, string? CellFormat, string? TimeZone, string? UserLocale,
    bool? ReturnFieldsByFieldId, IReadOnlyList<string>? RecordMetadata, string? Offset, JsonElement? Filter, string? Search);

sealed record DeletedThing(string Id, bool Deleted);

sealed record DeletedRecords(IReadOnlyList<DeletedThing> Records);

sealed record UploadedFile(string ContentType, string Filename, string File);

sealed record SyncDone(bool Success);

sealed record WhoIAm(string Id, string? Email, IReadOnlyList<string> Scopes);

sealed record ListedBase(string Id, string Name, string PermissionLevel, string WorkspaceId);

sealed record BasePage(IReadOnlyList<ListedBase> Bases, string? Offset);

sealed record FieldDefinition(string Id, string Name, string Type, string? Description, JsonElement? Options, JsonElement? Constraints);

sealed record ViewDefinition(string Id, string Name, string Type, IReadOnlyList<string>? VisibleFieldIds);

sealed record TableDefinition(string Id, string Name, string? Description, string PrimaryFieldId, IReadOnlyList<FieldDefinition> Fields, IReadOnlyList<ViewDefinition> Views);

sealed record TableList(IReadOnlyList<TableDefinition> Tables);

sealed record ViewDefinitions(IReadOnlyList<ViewDefinition> Views);

sealed record NewField(string? Id, string Name, string Type, string? Description, JsonElement? Options, JsonElement? Constraints);

sealed record NewTable(string? Id, string Name, string? Description, IReadOnlyList<NewField> Fields);

sealed record NewBase(string? Id, string Name, string WorkspaceId, IReadOnlyList<NewTable> Tables);

sealed record MadeBase(string Id, IReadOnlyList<TableDefinition> Tables);

sealed record TableChange(string? Name, string? Description);

sealed record FieldChange(string? Name, string? Description, JsonElement? Options, JsonElement? Constraints);

sealed record BaseChange(string Name);

sealed record BaseName(string Id, string Name);

sealed record WholeBase(string Id, string Name, DateTimeOffset CreatedTime, string PermissionLevel, string WorkspaceId, JsonElement? IndividualCollaborators, JsonElement? GroupCollaborators, JsonElement? InviteLinks, JsonElement? Interfaces);

sealed record ShareList(IReadOnlyList<JsonElement> Shares);

sealed record WholeWorkspace(string Id, string Name, DateTimeOffset CreatedTime, IReadOnlyList<string> BaseIds, JsonElement IndividualCollaborators, JsonElement GroupCollaborators, JsonElement InviteLinks);

sealed record CommentAuthor(string Id, string Email, string Name);

sealed record AirtableComment(string Id, CommentAuthor Author, string Text, DateTimeOffset CreatedTime, DateTimeOffset? LastUpdatedTime, string? ParentCommentId, JsonElement? Mentioned, IReadOnlyList<JsonElement> Reactions);

sealed record CommentList(IReadOnlyList<AirtableComment> Comments, string? Offset);

sealed record CommentToWrite(string Text, string? ParentCommentId);

sealed record WebhookToMake(string? NotificationUrl, JsonElement Specification);

sealed record MadeWebhook(string Id, string MacSecretBase64, DateTimeOffset ExpirationTime);

sealed record ListedWebhook(
    string Id, bool AreNotificationsEnabled, long CursorForNextPayload, bool IsHookEnabled, DateTimeOffset? LastSuccessfulNotificationTime, string? NotificationUrl, DateTimeOffset ExpirationTime,
    JsonElement? LastNotificationResult, JsonElement Specification);

sealed record WebhookList(IReadOnlyList<ListedWebhook> Webhooks);

sealed record Notifications(bool Enable);

sealed record Expiration(DateTimeOffset ExpirationTime);

sealed record PayloadPage(IReadOnlyList<JsonElement> Payloads, long Cursor, bool MightHaveMore, string PayloadFormat);

sealed record Nothing;

/// <summary>Every refusal but that of what does not exist, which is <c>{"error":"NOT_FOUND"}</c>.</summary>
sealed record AirtableRefusal(AirtableReason Error);

sealed record AirtableReason(string Type, string Message, string? Hint);
