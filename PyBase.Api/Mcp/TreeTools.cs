using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PyBase.Api.Mcp;

/// <summary>A table linked to itself as the bill of material that it is.</summary>
sealed class TreeTools(OwnApi api)
{
    const string BaseId = "Id of the base: app…", Table = "Id (tbl…) or name of the table", Link = "The link field of the table to itself that leads from a whole to its parts";
    const string Quantity = "Number field with how many of a part its whole has", Value = "Number field to roll up, such as a mass or cost", Limit = "Lines at most; isCut says that there are more";

    [McpServerTool(Name = "explode_bom", Title = "Explode a bill of material", ReadOnly = true, OpenWorld = false)]
    [Description("What a record consists of: line by line with level and quantity, in total for each part, and a value rolled up.")]
    public Task<CallToolResult> Explode(
        [Description(BaseId)] string baseId, [Description(Table)] string table, [Description("Id of the record at the top: rec…")] string record, [Description(Link)] string link,
        [Description(Quantity)] string? quantity = null, [Description(Value)] string? value = null, [Description(Limit), Range(1, 1000)] int limit = 200, CancellationToken cancellation = default) =>
        ShowAsync(baseId, table, record, link, quantity, value, "down", limit, cancellation);

    [McpServerTool(Name = "where_used", Title = "Where a part is used", ReadOnly = true, OpenWorld = false)]
    [Description("What a record is part of, level by level up to the top.")]
    public Task<CallToolResult> WhereUsed(
        [Description(BaseId)] string baseId, [Description(Table)] string table, [Description("Id of the part's record: rec…")] string record, [Description(Link)] string link,
        [Description(Quantity)] string? quantity = null, [Description(Limit), Range(1, 1000)] int limit = 200, CancellationToken cancellation = default) =>
        ShowAsync(baseId, table, record, link, quantity, null, "up", limit, cancellation);

    async Task<CallToolResult> ShowAsync(string baseId, string table, string record, string link, string? quantity, string? value, string direction, int limit, CancellationToken cancellation)
    {
        var answer = await api.AskAsync(HttpMethods.Get, $"/api/bases/{baseId}/tables/{table}/tree", null, cancellation,
            ("record", record), ("link", link), ("quantity", quantity), ("value", value), ("direction", direction));
        return ToolAnswer.Of(answer, tree =>
        {
            foreach (var list in (string[])["lines", "records"])
                if (tree[list] is JsonArray all && all.Count > limit)
                {
                    all.RemoveRange(limit, all.Count - limit);
                    tree["isCut"] = true;
                }
            return tree;
        });
    }
}
