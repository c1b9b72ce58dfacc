using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PyBase.Api.Mcp;

/// <param name="Fields">Cells by the name or id of their field.</param>
sealed record NewRecord(IReadOnlyDictionary<string, JsonElement> Fields);

/// <param name="Id">rec…; without it the fields of mergeOn find the record.</param>
/// <param name="Fields">The cells to set; null empties one, those not named stay.</param>
sealed record ChangedRecord(IReadOnlyDictionary<string, JsonElement> Fields, string? Id = null);

/// <summary>Writing records: all of a call or none, and undone by its author like any other work.</summary>
sealed class RecordEditTools(OwnApi api)
{
    const string BaseId = "Id of the base: app…", Table = "Id (tbl…) or name of the table";
    const string Typecast = "Read texts as values of their field, and add choices that a select does not have yet", DryRun = "Only say what would be written";

    [McpServerTool(Name = "create_records", Title = "Create records", ReadOnly = false, Destructive = false, OpenWorld = false)]
    [Description("Adds records, all of them or none. Links are lists of record ids; dates are 2026-01-31.")]
    public Task<CallToolResult> CreateRecords(
        [Description(BaseId)] string baseId, [Description(Table)] string table, [Description("1 to 100 records")] NewRecord[] records,
        [Description(Typecast)] bool typecast = false, [Description(DryRun)] bool dryRun = false, CancellationToken cancellation = default) =>
        WriteAsync(HttpMethods.Post, baseId, table, records.Length, new { records, typecast }, dryRun, cancellation);

    [McpServerTool(Name = "update_records", Title = "Update records", ReadOnly = false, Destructive = true, Idempotent = true, OpenWorld = false)]
    [Description("Sets cells of records, all of them or none. With mergeOn, records are found by the values of those fields instead of by id, and made where there is none.")]
    public Task<CallToolResult> UpdateRecords(
        [Description(BaseId)] string baseId, [Description(Table)] string table, [Description("1 to 100 records")] ChangedRecord[] records,
        [Description("1 to 3 fields whose values tell which record is meant")] string[]? mergeOn = null,
        [Description(Typecast)] bool typecast = false, [Description(DryRun)] bool dryRun = false, CancellationToken cancellation = default) =>
        WriteAsync(HttpMethods.Patch, baseId, table, records.Length, new { records, typecast, performUpsert = mergeOn is null ? null : new { fieldsToMergeOn = mergeOn } }, dryRun, cancellation);

    [McpServerTool(Name = "delete_records", Title = "Delete records", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = false)]
    [Description("Moves records to the trash, from where people can restore them; all of them or none.")]
    public async Task<CallToolResult> DeleteRecords(
        [Description(BaseId)] string baseId, [Description(Table)] string table, [Description("Ids of 1 to 100 records: rec…")] string[] records,
        [Description(DryRun)] bool dryRun = false, CancellationToken cancellation = default) =>
        records.Length > MaxRecords ? ToolAnswer.Of(TooMany) : await api.SendAsync(HttpMethods.Delete, $"/v0/{baseId}/{table}", null, cancellation, ("records[]", records), ("dryRun", dryRun ? true : null));

    [McpServerTool(Name = "add_comment", Title = "Comment on a record", ReadOnly = false, Destructive = false, OpenWorld = false)]
    [Description("Adds a comment to a record. @[usr…] mentions somebody, who is told.")]
    public Task<CallToolResult> AddComment(
        [Description(BaseId)] string baseId, [Description(Table)] string table, [Description("Id of the record: rec…")] string record, [Description("The comment")] string text, CancellationToken cancellation = default) =>
        api.SendAsync(HttpMethods.Post, $"/v0/{baseId}/{table}/{record}/comments", new { text }, cancellation);

    const int MaxRecords = 100;

    static readonly Core.Errors.Error TooMany = ToolErrors.InvalidArguments($"A call writes at most {MaxRecords} records.");

    async Task<CallToolResult> WriteAsync(string method, string baseId, string table, int count, object body, bool dryRun, CancellationToken cancellation) =>
        count > MaxRecords ? ToolAnswer.Of(TooMany) : await api.SendAsync(method, $"/v0/{baseId}/{table}", body, cancellation, ("dryRun", dryRun ? true : null));
}
