using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Records;
using PyBase.Core.Schema;

namespace PyBase.Api.Records;

/// <summary>What a list request asks for, from the query string or from the body of <c>listRecords</c>.</summary>
sealed record ListRequest(
    IReadOnlyList<string> Fields, IReadOnlyList<(string Field, string? Direction)> Sorts, int? PageSize, long? MaxRecords, string? Offset, bool ByFieldId, CellDisplay? Display,
    bool ShowsCommentCounts, Selection Selection)
{
    public static Result<ListRequest> Read(IQueryCollection query)
    {
        var pageSize = Number(query["pageSize"].ToString() is { Length: > 0 } size ? size : query["limit"].ToString());
        var maxRecords = Number(query["maxRecords"].ToString());
        if (pageSize is < 0 || maxRecords is < 0)
            return RecordErrors.InvalidRequest();
        var fields = query["fields[]"].Concat(query["fields"]).Where(f => !string.IsNullOrEmpty(f)).Select(f => f!).ToArray();
        // sort[0][field]=Name&sort[0][direction]=desc, numbered without gaps
        var sorts = new List<(string, string?)>();
        for (var i = 0; i <= Sort.MaxKeys && query[$"sort[{i}][field]"].ToString() is { Length: > 0 } field; i++)
            sorts.Add((field, query[$"sort[{i}][direction]"]));
        if (!CellDisplay.Read(query["cellFormat"], query["timeZone"], query["userLocale"]).TryGet(out var display, out var error) && error is not null)
            return error;
        if (!CommentCounts(query["recordMetadata[]"].Concat(query["recordMetadata"])).TryGet(out var comments, out error))
            return error;
        return Selection.Read(query).Then<ListRequest>(selection => new ListRequest(fields, sorts, (int?)pageSize, maxRecords, query["offset"],
            query["returnFieldsByFieldId"].ToString() is "true" or "1", display, comments, selection));
    }

    /// <summary>From a body; zone and locale may stand in the query string too, where Airtable's clients put them.</summary>
    public static Result<ListRequest> Read(JsonElement body, IQueryCollection? query = null)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return RecordErrors.InvalidBody;
        var fields = body.TryGetList("fields", out var items) ? items.Where(i => i.ValueKind is JsonValueKind.String).Select(i => i.GetString()!).ToArray() : [];
        if (!Number(body, "pageSize", "limit").TryGet(out var pageSize, out var error) && error is not null)
            return error;
        if (!Number(body, "maxRecords").TryGet(out var maxRecords, out error) && error is not null)
            return error;
        var sorts = new List<(string, string?)>();
        foreach (var item in body.TryGetList("sort", out var keys) ? keys : [])
        {
            if (item.GetText("field") is not { } field)
                return RecordErrors.InvalidRequest("sort is a list of {field, direction}.");
            sorts.Add((field, item.GetText("direction")));
        }
        if (!CellDisplay.Read(body.GetText("cellFormat"), body.GetText("timeZone") ?? query?["timeZone"], body.GetText("userLocale") ?? query?["userLocale"]).TryGet(out var display, out error) && error is not null)
            return error;
        var wanted = body.TryGetList("recordMetadata", out var metadata) ? metadata.Select(m => m.ValueKind is JsonValueKind.String ? m.GetString() : "?") : [];
        if (!CommentCounts(wanted).TryGet(out var comments, out error))
            return error;
        return new ListRequest(fields, sorts, pageSize, maxRecords, body.GetText("offset"), body.GetFlag("returnFieldsByFieldId") ?? false, display, comments, Selection.Read(body));
    }

    /// <summary>The one thing that can be asked of records beyond their cells.</summary>
    static Result<bool> CommentCounts(IEnumerable<string?> metadata)
    {
        string?[] asked = [.. metadata.Where(m => !string.IsNullOrEmpty(m))];
        return asked.All(m => m == "commentCount") ? asked.Length > 0 : RecordErrors.InvalidRequest("recordMetadata is commentCount.");
    }

    /// <summary>Names resolved, the cursor opened: what will be read.</summary>
    public Result<RecordQuery> Plan(BaseSchema schema, Table table, CursorSeal seal)
    {
        if (PageSize is < 1 or > RecordQuery.MaxPageSize)
            return RecordErrors.InvalidPageSize;
        if (!Selection.Plan(schema, table).TryGet(out var selected, out var refused))
            return refused;
        var fields = new HashSet<Field>();
        foreach (var name in Fields)
            if (table.Find(name) is { } field)
                fields.Add(field);
            else
                return RecordErrors.UnknownFieldName(name);
        if (Sorts.Count > Sort.MaxKeys)
            return RecordErrors.InvalidRequest($"An order has at most {Sort.MaxKeys} keys.");
        var sorts = new List<Sort>();
        foreach (var (name, direction) in Sorts)
            if (Sort.Plan(table, name, direction).TryGet(out var sort, out var error))
                sorts.Add(sort);
            else
                return error;
        // Each once, however often it was named.
        var shown = fields.Count == 0 ? table.Fields : [.. table.Fields.Where(fields.Contains)];
        var order = sorts.Count > 0 ? sorts : selected.Order;
        var start = new RecordQuery(table, shown, ByFieldId, order, PageSize ?? RecordQuery.DefaultPageSize, null, MaxRecords ?? long.MaxValue)
        {
            Filter = selected.Filter,
            Search = selected.Search,
            ShowsCommentCounts = ShowsCommentCounts,
        };
        return string.IsNullOrEmpty(Offset) ? start : Open(start, Offset, seal);
    }

    /// <summary>The cursor of the page after <paramref name="last"/>; one of <paramref name="whose"/> is nobody else's.</summary>
    public static string Seal(RecordQuery query, Position last, int shown, CursorSeal seal, string whose = "")
    {
        var remaining = query.Remaining == long.MaxValue ? query.Remaining : query.Remaining - shown;
        return "itr" + seal.Seal(string.Create(CultureInfo.InvariantCulture, $"{query.Name()} {remaining} {last.Write()}"), whose);
    }

    /// <summary>The page after the one that the cursor ended; an error when it is of another list.</summary>
    public static Result<RecordQuery> Open(RecordQuery start, string offset, CursorSeal seal, string whose = "") =>
        offset.StartsWith("itr", StringComparison.Ordinal) && seal.Open(offset[3..], whose)?.Split(' ', 3) is [var name, var remaining, var last] && name == start.Name()
            ? start with { After = Position.Read(last, start.Sorts), Remaining = long.Parse(remaining, CultureInfo.InvariantCulture) }
            : RecordErrors.InvalidOffset;

    /// <summary>A count in a body: null when it is absent.</summary>
    static Result<int?> Number(JsonElement body, params string[] names)
    {
        foreach (var name in names)
            if (body.TryGet(name, out var value) && value.ValueKind is not JsonValueKind.Null)
                return body.TryGetInt(name, out var number) && number >= 0 ? number : RecordErrors.InvalidRequest($"{name} is a whole number.");
        return (int?)null;
    }

    /// <summary>Null when absent, −1 when it is no number.</summary>
    static long? Number(string text) =>
        text.Length == 0 ? null : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? number : -1;
}
