using System.Text.Json;

namespace PyBase.Api.OpenApi;

// What routes about the past take and give.

sealed record CellChange(string FieldId, string FieldName, bool? FieldRemoved, JsonElement? From, JsonElement? To);

sealed record HistoryItem(long Version, DateTimeOffset Time, IdAndName? Actor, string Through, string Kind, IReadOnlyList<CellChange> Changes);

sealed record HistoryOfRecord(IReadOnlyList<HistoryItem> Entries, string? Cursor);

/// <param name="LeftOut">Computed fields, which the past does not keep.</param>
sealed record PastRecords(long Version, IReadOnlyList<AirtableRecord> Records, IReadOnlyList<string> LeftOut, string? Cursor);

/// <summary>One of them; without any, one's last action.</summary>
sealed record UndoRequest(string? Group, string? Mutation, long? Transaction);

sealed record UndoneAction(long Transaction, string Command, DateTimeOffset Time, long RecordsRestored, long RecordsDeleted, long Cells, long Links, long Definitions);

sealed record LeftAlone(string TableId, string? RecordId, string? FieldId, string Reason, IdAndName? By);

sealed record UndoAnswer(IReadOnlyList<UndoneAction> Undone, long LeftCount, IReadOnlyList<LeftAlone> Left, bool HasMore);

sealed record RedoAnswer(IReadOnlyList<UndoneAction> Redone, long LeftCount, IReadOnlyList<LeftAlone> Left, bool HasMore);

sealed record TrashItem(string Kind, string Id, string? Name, string? TableId, DateTimeOffset DeletedTime, IdAndName? DeletedBy);

sealed record TrashList(IReadOnlyList<TrashItem> Items, string? Cursor);

/// <summary><c>records</c> of a <c>table</c>, or a <c>field</c>, or a <c>table</c>.</summary>
sealed record TrashChoice(string? Table, IReadOnlyList<string>? Records, string? Field, bool? WithoutConstraints);

/// <summary>Of records how many, and what was left; of a field or a table its definition.</summary>
sealed record RestoredFromTrash(JsonElement? Records, long? LeftCount, IReadOnlyList<LeftAlone>? Left, string? Id, string? Name, string? Type, string? Description, JsonElement? Options, JsonElement? Constraints,
    string? PrimaryFieldId, IReadOnlyList<FieldDefinition>? Fields, IReadOnlyList<ViewDefinition>? Views);

sealed record PurgedFromTrash(long Deleted);
