using System.Text.Json;
using PyBase.Core.Jobs;
using PyBase.Storage.Mails;

namespace PyBase.Api.OpenApi;

// What routes about files and the work in the background take and give. A job is itself.

/// <param name="File">One or more.</param>
/// <param name="Options">JSON: <c>{"target":{"table":"tbl…"},"import":"auto|preview","mapping":{…},"password":"…"}</c>.</param>
sealed record DroppedFiles(IFormFileCollection File, string? Options);

sealed record AirtableSource(string Base, string Token, string? Url, bool? KeepIds);

sealed record JobPage(IReadOnlyList<Job> Jobs, string? Cursor);

sealed record ColumnMapping(string Column, string? Field, NewField? NewField, string? Numbers, string? Dates, string? Master);

sealed record MergeMapping(IReadOnlyList<string> On, string? Existing, string? Missing, string? EmptyCells, string? Compare);

/// <summary>Either <c>table</c> or <c>newTable</c>.</summary>
sealed record MappingOfImport(string? Table, string? NewTable, IReadOnlyList<ColumnMapping> Columns, MergeMapping? Merge, string? BadRows, bool? KeepIds);

sealed record PreviewedFile(string Format, string? Encoding, string? Delimiter, string? Quote, IReadOnlyList<string>? Sheets, string? Sheet, int? HeaderRow, long Rows);

sealed record PreviewedColumn(string Name, string Type, long Filled, int? Longest, bool Ambiguous, IReadOnlyList<string> Examples);

sealed record PreviewedLoss(string? Column, long Cells, string Why);

sealed record PreviewOfImport(PreviewedFile File, IReadOnlyList<PreviewedColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, MappingOfImport Mapping, IReadOnlyList<PreviewedLoss> Losses);

sealed record LearnedMapping(string Table, string Column, string Field, string Numbers, string Dates, long Uses);

sealed record LearnedMappings(IReadOnlyList<LearnedMapping> Mappings);

sealed record SourceFile(string? Id, string? Name);

sealed record CellSource(string Field, SourceFile File, string Job, string Locator, double Confidence, DateTimeOffset Time);

/// <param name="Record">Of a row that was read whole; null for others.</param>
/// <param name="Cells">Of single cells.</param>
sealed record CellSources(RecordSource? Record, IReadOnlyList<CellSource> Cells);

sealed record RecordSource(SourceFile File, string Job, string Locator, double? Confidence, DateTimeOffset Time);

sealed record SheetsOfFile(IReadOnlyList<string> Sheets);

sealed record ExportOrder(string Format, string? View, IReadOnlyList<string>? Fields, string? FilterByFormula, JsonElement? Filter, string? Search, string? TimeZone, bool? GuardFormulas);

/// <summary>Either <c>ids</c> or <c>all</c>.</summary>
sealed record NotificationsRead(IReadOnlyList<string>? Ids, bool? All);

sealed record PreferencesToChange(IReadOnlyList<PreferenceToChange>? Kinds, string? TimeZone, int? Hour);

sealed record PreferenceToChange(string Kind, bool? InApp, string? Mail);

sealed record UnreadCount(long Unread);

sealed record SampleBaseMade(string Id, IReadOnlyList<string> Tables);

sealed record DrainedQueue(string Queue, long Parked);

sealed record UnsentMails(IReadOnlyList<UnsentMail> Mails);
