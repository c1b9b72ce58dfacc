using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Computing;

namespace PyBase.Api.Queries;

/// <summary>A table linked to itself as the tree that it is: BOM explode downwards, where-used upwards.</summary>
static class TreeApi
{
    public static void MapTrees(this IEndpointRouteBuilder app) => app.MapGet("/api/bases/{baseId}/tables/{table}/tree", Show).RequireAuthorization().WithTags("Queries")
        .WithName("ExplodeRecord").WithSummary("What a record consists of, or what it is used in, line by line and in total");

    /// <summary><c>?record=rec…&amp;link=…&amp;quantity=…&amp;value=…&amp;direction=down|up</c>; the link is the one that leads down.</summary>
    static async Task<IResult> Show(string baseId, string table, string? record, string? link, string? quantity, string? value, string? direction, HttpContext context)
    {
        if (!(await context.RequestServices.GetRequiredService<TableDoor>().FindAsync(context, baseId, table, Permission.ReadRecords)).TryGet(out var found, out var error))
            return error.ToProblem();
        if (!Ask(found.Table, link, quantity, value, direction).TryGet(out var asked, out error))
            return error.ToProblem();
        var reader = context.RequestServices.GetRequiredService<TreeReader>();
        if (record is null || await reader.ReadAsync(found.Schema, found.Table, asked.Link, asked.Value, asked.Quantity, record, context.RequestAborted) is not { } nodes)
            return SchemaErrors.RecordNotFound.ToProblem();
        var (lines, isCut) = TreeLines.Of(nodes, record, asked.IsUp);
        // In the order of the ids, so that a sum is the same to the last bit each time.
        var totals = TreeLines.Totals(nodes, record, asked.IsUp)?.Select(t => (Record: t.Key, Total: t.Value, nodes[t.Key].Value)).ToArray();
        if (totals is not null)
            Array.Sort(totals, (a, b) => string.CompareOrdinal(a.Record, b.Record));
        return Results.Json(new
        {
            lines = lines.Select(l => new { record = l.Record, level = l.Level, quantity = l.Quantity, total = l.Total, value = nodes.GetValueOrDefault(l.Record)?.Value }),
            isCut,
            hasCycle = totals is null,
            records = totals?.Where(t => t.Record != record).Select(t => new { record = t.Record, total = t.Total, value = t.Value }),
            value = totals is null || asked.Value is null ? (double?)null : totals.Sum(t => t.Total * (t.Value ?? 0)),
        });
    }

    sealed record Asked(Field Link, Field? Quantity, Field? Value, bool IsUp);

    static Result<Asked> Ask(Table table, string? link, string? quantity, string? value, string? direction)
    {
        if (table.Find(link ?? "") is not { Type: MultipleRecordLinks down } field || down.LinkedTableId != table.Id)
            return RecordErrors.InvalidRequest("link names a link field of the table to itself.");
        if (direction is not (null or "down" or "up"))
            return RecordErrors.InvalidRequest("direction is down or up.");
        var isUp = direction == "up";
        if (isUp && (down.InverseFieldId is null || table.Find(down.InverseFieldId) is null))
            return RecordErrors.InvalidRequest("The link has no other end to go up by.");
        foreach (var number in (string?[])[quantity, value])
            if (number is not null && table.Find(number)?.Type is not { Column: ColumnType.Number or ColumnType.Json, Value: { Kind: ValueKind.Number, IsList: false } })
                return RecordErrors.InvalidRequest("quantity and value name number fields of the table.");
        return new Asked(isUp ? table.Find(down.InverseFieldId!)! : field, quantity is null ? null : table.Find(quantity), value is null ? null : table.Find(value), isUp);
    }
}
