using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PyBase.Api.Mcp;

/// <summary>What was.</summary>
sealed class HistoryTools(OwnApi api)
{
    [McpServerTool(Name = "get_record_history", Title = "History of a record", ReadOnly = true, OpenWorld = false)]
    [Description("What happened to a record, newest first: who, when, through what, and each cell before and after.")]
    public Task<CallToolResult> OfRecord(
        [Description("Id of the base: app…")] string baseId, [Description("Id (tbl…) or name of the table")] string table, [Description("Id of the record: rec…")] string record,
        [Description("Only changes of this field")] string? field = null, [Description("cursor of the page before")] string? cursor = null, CancellationToken cancellation = default) =>
        api.GetAsync($"/api/bases/{baseId}/tables/{table}/records/{record}/history", cancellation, ("field", field), ("cursor", cursor));

    [McpServerTool(Name = "list_records_as_of", Title = "A table as it was", ReadOnly = true, OpenWorld = false)]
    [Description("Records of a table as they were at a version or a time: stored cells; computed ones are named in leftOut.")]
    public Task<CallToolResult> OfTable(
        [Description("Id of the base: app…")] string baseId, [Description("Id (tbl…) or name of the table")] string table, [Description("A version of the table (42) or a time (2026-01-31T12:00:00Z)")] string asOf,
        [Description("Records a page"), Range(1, 100)] int pageSize = 20, [Description("cursor of the page before")] string? cursor = null, CancellationToken cancellation = default) =>
        api.GetAsync($"/api/bases/{baseId}/tables/{table}/records", cancellation, ("asOf", asOf), ("pageSize", Math.Min(pageSize, 100)), ("cursor", cursor));
}
