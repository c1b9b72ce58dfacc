using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PyBase.Api.Mcp;

/// <param name="Field">Name or id.</param>
/// <param name="Direction">asc, the default, or desc.</param>
sealed record SortBy(string Field, string? Direction = null);

/// <param name="Field">Name or id.</param>
/// <param name="Function">sum, average, min, max, count, countEmpty, countFilled, countUnique and others.</param>
sealed record Summary(string Field, string Function);

/// <param name="Field">Name or id.</param>
/// <param name="Operator">By the type of the field (docs/queries.md).</param>
/// <param name="Value">What to compare with.</param>
/// <param name="Part">A part of an engineering value, such as the tolerance of a quantity.</param>
sealed record Condition(string Field, string Operator, JsonElement? Value = null, string? Part = null);

/// <summary>Reading records.</summary>
sealed class RecordTools(OwnApi api)
{
    const string BaseId = "Id of the base: app…", Table = "Id (tbl…) or name of the table";
    const string Formula = "Only records for which this formula is true: {State} = 'released', AND({Mass} > 2, FIND('bolt', {Name}))";

    const string Conditions = "Only records that fulfil all of these. Operators of text: is, isNot, contains, startsWith, isAnyOf; of numbers and quantities: =, !=, <, <=, >, >= (a quantity's value may be '0.5 in'); "
        + "of dates: is, isBefore, isAfter, isWithin; of choices: is, isAnyOf; of several choices and links: hasAnyOf, hasAllOf, hasNoneOf; of checkboxes: is; of all: isEmpty, isNotEmpty";

    static object? FilterOf(Condition[]? conditions) => conditions is null ? null : new { conjunction = "and", filterSet = conditions };

    [McpServerTool(Name = "list_records", Title = "List records", ReadOnly = true, OpenWorld = false)]
    [Description("A page of records: filtered, sorted, with the fields named. Empty cells are left out. An answer with an offset has more pages.")]
    public Task<CallToolResult> ListRecords(
        [Description(BaseId)] string baseId, [Description(Table)] string table,
        [Description("Names of the fields to show; all without")] string[]? fields = null,
        [Description(Formula)] string? filterByFormula = null,
        [Description(Conditions)] Condition[]? conditions = null,
        [Description("Order, the first counts most")] SortBy[]? sort = null,
        [Description("Name or id of a view: its records in its order")] string? view = null,
        [Description("Words that a record's texts contain")] string? search = null,
        [Description("Records a page"), Range(1, 100)] int pageSize = 20,
        [Description("offset of the page before, with the same question")] string? offset = null, CancellationToken cancellation = default) =>
        api.SendAsync(HttpMethods.Post, $"/v0/{baseId}/{table}/listRecords", new { fields, filterByFormula, filter = FilterOf(conditions), sort, view, search, pageSize = Math.Min(pageSize, 100), offset }, cancellation);

    [McpServerTool(Name = "get_record", Title = "Get a record", ReadOnly = true, OpenWorld = false)]
    [Description("One record with all its cells.")]
    public Task<CallToolResult> GetRecord([Description(BaseId)] string baseId, [Description(Table)] string table, [Description("Id of the record: rec…")] string record, CancellationToken cancellation = default) =>
        api.GetAsync($"/v0/{baseId}/{table}/{record}", cancellation);

    [McpServerTool(Name = "search_base", Title = "Search a base", ReadOnly = true, OpenWorld = false)]
    [Description("Records of all tables whose texts contain the words.")]
    public Task<CallToolResult> SearchBase(
        [Description(BaseId)] string baseId, [Description("Words; all of them have to be there")] string query, [Description("Results at most"), Range(1, 100)] int limit = 20, CancellationToken cancellation = default) =>
        api.GetAsync($"/api/bases/{baseId}/search", cancellation, ("q", query), ("limit", Math.Min(limit, 100)));

    [McpServerTool(Name = "summarize_records", Title = "Count, group and add up records", ReadOnly = true, OpenWorld = false)]
    [Description("How many records there are, in groups, with sums, averages and the like of fields: of whole tables, without reading them.")]
    public Task<CallToolResult> SummarizeRecords(
        [Description(BaseId)] string baseId, [Description(Table)] string table,
        [Description(Formula)] string? filterByFormula = null,
        [Description(Conditions)] Condition[]? conditions = null,
        [Description("Name or id of a view whose filter counts")] string? view = null,
        [Description("Group by these fields, in this order of levels")] SortBy[]? groups = null,
        [Description("What to compute for each group and for all")] Summary[]? aggregates = null, CancellationToken cancellation = default) =>
        api.SendAsync(HttpMethods.Post, $"/api/bases/{baseId}/tables/{table}/aggregate", new { filterByFormula, filter = FilterOf(conditions), view, groups = groups ?? [], aggregates = aggregates ?? [] }, cancellation);

    [McpServerTool(Name = "list_comments", Title = "List comments", ReadOnly = true, OpenWorld = false)]
    [Description("Comments on a record, newest first.")]
    public Task<CallToolResult> ListComments(
        [Description(BaseId)] string baseId, [Description(Table)] string table, [Description("Id of the record: rec…")] string record,
        [Description("offset of the page before")] string? offset = null, CancellationToken cancellation = default) =>
        api.GetAsync($"/v0/{baseId}/{table}/{record}/comments", cancellation, ("pageSize", 50), ("offset", offset));
}
