using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PyBase.Api.Mcp;

/// <summary>What drawings and models gave: which file was read, what was found and what was odd, and where a cell comes from.</summary>
sealed class DrawingTools(OwnApi api)
{
    [McpServerTool(Name = "list_files_read", Title = "List files that were read", ReadOnly = true, OpenWorld = false)]
    [Description("Drawings, models and sheets that were dropped on a base, newest first: state, tables made, and how many findings.")]
    public Task<CallToolResult> List(
        [Description("Id of the base: app…")] string baseId, [Description("queued, running, waiting, succeeded, failed, cancelled or parked")] string? state = null,
        [Description("cursor of the page before")] string? cursor = null, CancellationToken cancellation = default) =>
        api.GetAsync($"/api/jobs", cancellation, ("base", baseId), ("state", state), ("cursor", cursor));

    [McpServerTool(Name = "get_findings", Title = "What was found in a file", ReadOnly = true, OpenWorld = false)]
    [Description("One file that was read: the tables made of it, what was odd in it (findings, each with code, severity and place), or why it could not be read.")]
    public Task<CallToolResult> Get([Description("Id from list_files_read: job…")] string job, CancellationToken cancellation = default) => api.GetAsync($"/api/jobs/{job}", cancellation);

    [McpServerTool(Name = "get_provenance", Title = "Where a record's cells come from", ReadOnly = true, OpenWorld = false)]
    [Description("For each cell that was read from a file: which file, where in it, and how sure that is.")]
    public Task<CallToolResult> Provenance(
        [Description("Id of the base: app…")] string baseId, [Description("Id (tbl…) or name of the table")] string table, [Description("Id of the record: rec…")] string record, CancellationToken cancellation = default) =>
        api.GetAsync($"/api/bases/{baseId}/tables/{table}/records/{record}/provenance", cancellation);
}
