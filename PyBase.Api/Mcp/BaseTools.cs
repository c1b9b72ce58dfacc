using System.ComponentModel;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PyBase.Api.Mcp;

/// <summary>What there is: bases, their tables, the fields and views of one.</summary>
sealed class BaseTools(OwnApi api)
{
    [McpServerTool(Name = "list_bases", Title = "List bases", ReadOnly = true, OpenWorld = false)]
    [Description("The bases that you may enter, with what you may do in each.")]
    public Task<CallToolResult> ListBases([Description("Where the list goes on: offset of the page before.")] string? offset = null, CancellationToken cancellation = default) =>
        api.GetAsync($"/v0/meta/bases", cancellation, ("offset", offset));

    [McpServerTool(Name = "list_tables", Title = "List tables", ReadOnly = true, OpenWorld = false)]
    [Description("The tables of a base: id, name, description, primary field and the names of all fields.")]
    public async Task<CallToolResult> ListTables([Description("Id of the base: app…")] string baseId, CancellationToken cancellation = default) =>
        ToolAnswer.Of(await api.AskAsync(HttpMethods.Get, $"/v0/meta/bases/{baseId}/tables", null, cancellation), all => new JsonObject
        {
            ["tables"] = new JsonArray([.. all["tables"]!.AsArray().Select(table => new JsonObject
            {
                ["id"] = table!["id"]!.DeepClone(),
                ["name"] = table["name"]!.DeepClone(),
                ["description"] = table["description"]?.DeepClone(),
                ["primaryFieldId"] = table["primaryFieldId"]!.DeepClone(),
                ["fields"] = new JsonArray([.. table["fields"]!.AsArray().Select(field => field!["name"]!.DeepClone())]),
            })]),
        });

    [McpServerTool(Name = "describe_table", Title = "Describe a table", ReadOnly = true, OpenWorld = false)]
    [Description("The fields of a table with their types and options (choices, linked tables, formulas, units), and its views.")]
    public async Task<CallToolResult> DescribeTable(
        [Description("Id of the base: app…")] string baseId, [Description("Id (tbl…) or name of the table")] string table, CancellationToken cancellation = default) =>
        ToolAnswer.Of(await api.AskAsync(HttpMethods.Get, $"/v0/meta/bases/{baseId}/tables", null, cancellation),
            all => all["tables"]!.AsArray().FirstOrDefault(one => (string)one!["id"]! == table || (string)one["name"]! == table));
}
