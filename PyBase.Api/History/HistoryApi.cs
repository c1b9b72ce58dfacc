using System.Globalization;
using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.History;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.History;
using PyBase.Storage.Schema;

namespace PyBase.Api.History;

/// <summary>What was: the past of a record, and a table as it stood at an earlier version or time.</summary>
static class HistoryApi
{
    public static void MapHistory(this IEndpointRouteBuilder app)
    {
        var records = app.MapGroup("/api/bases/{baseId}/tables/{table}/records").RequireAuthorization().WithTags("History");
        records.MapGet("", AsOf).WithName("ListRecordsAsOf").WithSummary("Records of a table as they were at a version or time: stored cells; computed ones are named as left out");
        records.MapGet("/{id}/history", Get).WithName("GetRecordHistory").WithSummary("What happened to a record, newest first: who, when, through what, and each cell before and after");
    }

    static async Task<IResult> Get(string baseId, string table, string id, HttpContext context, RecordHistory history, string? field = null, string? cursor = null)
    {
        if (!(await context.RequestServices.GetRequiredService<TableDoor>().FindAsync(context, baseId, table, Permission.ReadRecords)).TryGet(out var found, out var error))
            return error.ToProblem();
        if (field is not null && found.Table.Find(field) is null)
            return SchemaErrors.ModelNotFound.ToProblem();
        long? before = null;
        if (!string.IsNullOrEmpty(cursor) && !(long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && (before = version) > 0))
            return HistoryErrors.InvalidCursor.ToProblem();
        var read = await history.ReadAsync(found.Schema, found.Table, id, field is null ? null : found.Table.Find(field), before, RecordsApi.Format(context), context.RequestAborted);
        return read.TryGet(out var page, out error) ? JsonAnswer.Of(json => Write(json, page)) : error.ToProblem();
    }

    static Task<IResult> AsOf(string baseId, string table, HttpContext context, AsOfReader reader, string? asOf = null, int? pageSize = null, string? cursor = null, bool? returnFieldsByFieldId = null) => SchemaRaces.RetryAsync(async () =>
    {
        if (!(await context.RequestServices.GetRequiredService<TableDoor>().FindAsync(context, baseId, table, Permission.ReadRecords)).TryGet(out var found, out var error))
            return error.ToProblem();
        if (pageSize is < 1 or > AsOfReader.MaxPage)
            return RecordErrors.InvalidRequest($"pageSize is a whole number from 1 to {AsOfReader.MaxPage}.").ToProblem();
        var after = 0L;
        if (!string.IsNullOrEmpty(cursor) && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return HistoryErrors.InvalidCursor.ToProblem();
        var read = await reader.ReadAsync(found.Schema, found.Table, asOf ?? "", after, pageSize ?? AsOfReader.MaxPage, RecordsApi.Format(context), context.RequestAborted);
        return read.TryGet(out var page, out error) ? JsonAnswer.Of(json => Write(json, page, returnFieldsByFieldId is true)) : error.ToProblem();
    });

    static void Write(Utf8JsonWriter json, PastPage page, bool byFieldId)
    {
        json.WriteStartObject();
        json.WriteNumber("version", page.Version);
        json.WriteStartArray("records");
        foreach (var record in page.Records)
        {
            json.WriteStartObject();
            json.WriteString("id", record.Id);
            json.WriteString("createdTime", Iso(record.Created));
            json.WriteStartObject("fields");
            foreach (var (field, value) in record.Cells)
            {
                json.WritePropertyName(byFieldId ? field.Id : field.Name);
                json.WriteRawValue(value, skipInputValidation: true);
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("leftOut");
        foreach (var field in page.LeftOut)
            json.WriteStringValue(byFieldId ? field.Id : field.Name);
        json.WriteEndArray();
        json.WriteString("cursor", page.After?.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, HistoryPage page)
    {
        json.WriteStartObject();
        json.WriteStartArray("entries");
        foreach (var entry in page.Entries)
        {
            json.WriteStartObject();
            json.WriteNumber("version", entry.Version);
            json.WriteString("time", Iso(entry.Time));
            WriteActor(json, entry.ActorId, entry.Actor?.Name);
            json.WriteString("through", entry.Through);
            json.WriteString("kind", entry.Kind);
            json.WriteStartArray("changes");
            foreach (var change in entry.Changes)
            {
                json.WriteStartObject();
                json.WriteString("fieldId", change.FieldId);
                json.WriteString("fieldName", change.FieldName);
                if (change.IsRemoved)
                    json.WriteBoolean("fieldRemoved", true);
                json.WritePropertyName("from");
                json.WriteRawValue(change.From ?? "null", skipInputValidation: true);
                json.WritePropertyName("to");
                json.WriteRawValue(change.To ?? "null", skipInputValidation: true);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("cursor", page.Before?.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    internal static void WriteActor(Utf8JsonWriter json, string? id, string? name)
    {
        if (id is null)
        {
            json.WriteNull("actor");
            return;
        }
        json.WriteStartObject("actor");
        json.WriteString("id", id);
        json.WriteString("name", name);
        json.WriteEndObject();
    }

    internal static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
