using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Files;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;

namespace PyBase.Api.Records;

/// <summary>Records, as Airtable's clients read and write them.</summary>
static class RecordsApi
{
    public static void MapRecords(this RouteGroupBuilder v0)
    {
        var records = v0.MapGroup("/{baseId}/{table}").WithTags("Records");
        records.MapLists();
        records.MapGet("/{id}", Get).WithName("GetRecord").WithSummary("One record");
        records.MapPost("", Create).WithName("CreateRecords").WithSummary("Create one record or many");
        records.MapMethods("", ["PATCH", "PUT"], UpdateMany).WithName("UpdateRecords").WithSummary("Change the cells of many records; PUT empties what is not named");
        records.MapMethods("/{id}", ["PATCH", "PUT"], UpdateOne).WithName("UpdateRecord").WithSummary("Change the cells of a record; PUT empties what is not named");
        records.MapDelete("", DeleteMany).WithName("DeleteRecords").WithSummary("Delete records");
        records.MapDelete("/{id}", DeleteOne).WithName("DeleteRecord").WithSummary("Delete a record");
    }

    static Task<IResult> Get(string baseId, string table, string id, HttpContext context) => SchemaRaces.RetryAsync(async () =>
    {
        var query = context.Request.Query;
        if (!(await context.RequestServices.GetRequiredService<TableDoor>().FindAsync(context, baseId, table, Permission.ReadRecords)).TryGet(out var found, out var error))
            return error.ToAirtable();
        if (!CellDisplay.Read(query["cellFormat"], query["timeZone"], query["userLocale"]).TryGet(out var display, out error) && error is not null)
            return error.ToAirtable();
        return await ShowAsync(found.Schema, found.Table, id, query["returnFieldsByFieldId"].ToString() is "true" or "1", context, display);
    });

    internal static async Task<IResult> ShowAsync(BaseSchema schema, Table table, string id, bool byFieldId, HttpContext context, CellDisplay? display = null)
    {
        var reader = context.RequestServices.GetRequiredService<RecordReader>();
        var version = await reader.VersionAsync(table.Id, context.RequestAborted);
        if (Versions.Behind(context, table.Id, version) is { } behind)
            return behind.ToAirtable();
        if (Versions.IsKnown(context, schema, table.Id, version, table.Fields, display is null && table.Scope is not { ReadsOthers: true }))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var output = new RecordOutput();
        var isThere = display is null
            ? await reader.WriteRecordsAsync(schema, table, [id], byFieldId, Format(context), output.Json, context.RequestAborted) > 0
            : await reader.WriteTextsAsync(schema, table, id, byFieldId, Format(context) with { Display = display }, output, context.RequestAborted);
        if (!isThere)
        {
            output.Dispose();
            context.Response.Headers.Remove("ETag");
            return SchemaErrors.RecordNotFound.ToAirtable();
        }
        return new RecordAnswer(output);
    }

    static Task<IResult> Create(string baseId, string table, HttpContext context) => WriteAsync(baseId, table, null, "CreateRecords", mustHaveIds: false, context);

    static Task<IResult> UpdateMany(string baseId, string table, HttpContext context) => WriteAsync(baseId, table, null, "UpdateRecords", mustHaveIds: true, context);

    static Task<IResult> UpdateOne(string baseId, string table, string id, HttpContext context) => WriteAsync(baseId, table, id, "UpdateRecords", mustHaveIds: true, context);

    static async Task<IResult> WriteAsync(string baseId, string table, string? id, string command, bool mustHaveIds, HttpContext context)
    {
        var services = context.RequestServices;
        if (!(await services.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.WriteRecords)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToAirtable();
        if (!RecordBody.Read(body.RootElement, id, mustHaveIds).TryGet(out var request, out error))
            return error.ToAirtable();
        // Ids are stored by others, so whoever chooses them answers for the base as a whole.
        if (request.Records.Any(r => r.NewId is not null || r.CreatedTime is not null) && !visit.Role.May(Permission.EditSchema))
            return SchemaErrors.NotPermitted.ToAirtable();
        if (!KeyOf(context, body).TryGet(out var key, out error) && error is not null)
            return error.ToAirtable();
        var options = new WriteOptions(request.Typecast, HttpMethods.IsPut(context.Request.Method), request.ByFieldId, Format(context), key);
        var (store, origin) = (services.GetRequiredService<RecordStore>(), visit.Origin(request.MergeOn is null ? command : "UpsertRecords", context));
        var written = request.MergeOn is { } mergeOn
            ? await store.UpsertAsync(baseId, PathName.Of(table), request.Records, mergeOn, options, origin, context.RequestAborted)
            : await store.WriteAsync(baseId, PathName.Of(table), request.Records, options, origin, context.RequestAborted);
        if (!written.TryGet(out var records, out error))
            return error.ToAirtable();
        Versions.Show(context, records.Versions);
        // One record is the list's only element, without its brackets.
        return request.IsSingle
            ? Results.Bytes(records.Json[1..^1], "application/json; charset=utf-8")
            : Results.Stream(stream => WriteListAsync(stream, records), "application/json; charset=utf-8");
    }

    /// <summary>The header <c>Idempotency-Key</c>; null when there is none.</summary>
    static Result<IdempotencyKey?> KeyOf(HttpContext context, JsonDocument body)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
            return (IdempotencyKey?)null;
        if (key.Length > 255)
            return RecordErrors.InvalidRequest("An Idempotency-Key has at most 255 characters.");
        return new IdempotencyKey(key, SHA256.HashData(Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}\n{body.RootElement.GetRawText()}")));
    }

    /// <summary><c>{"records":[…]}</c>, and of an upsert which of them are new.</summary>
    static async Task WriteListAsync(Stream stream, WrittenRecords written)
    {
        await stream.WriteAsync("{\"records\":"u8.ToArray());
        await stream.WriteAsync(written.Json);
        if (written.Created is not null)
            await stream.WriteAsync(Encoding.UTF8.GetBytes($",\"createdRecords\":{JsonSerializer.Serialize(written.Created)},\"updatedRecords\":{JsonSerializer.Serialize(written.Updated)}"));
        await stream.WriteAsync("}"u8.ToArray());
    }

    static async Task<IResult> DeleteOne(string baseId, string table, string id, HttpContext context) =>
        await DeleteAsync(baseId, table, [id], context) is { } refused ? refused : Results.Json(new { id, deleted = true });

    static async Task<IResult> DeleteMany(string baseId, string table, HttpContext context)
    {
        var query = context.Request.Query;
        var ids = query["records[]"].Concat(query["records"]).Where(r => !string.IsNullOrEmpty(r)).Select(r => r!).Distinct().ToArray();
        if (ids.Length is 0 or > RecordErrors.MaxRecords || ids.Any(id => !Id.Is(id, "rec")))
            return RecordErrors.InvalidRecords.ToAirtable();
        return await DeleteAsync(baseId, table, ids, context) is { } refused ? refused
            : Results.Json(new { records = ids.Select(id => new { id, deleted = true }) });
    }

    static async Task<IResult?> DeleteAsync(string baseId, string table, string[] ids, HttpContext context)
    {
        var services = context.RequestServices;
        if (!(await services.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.WriteRecords)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        var deleted = await services.GetRequiredService<RecordStore>().DeleteAsync(baseId, PathName.Of(table), ids, visit.Origin("DeleteRecords", context), context.RequestAborted);
        if (!deleted.TryGet(out var gone, out error))
            return error.ToAirtable();
        Versions.Show(context, gone.Versions);
        return null;
    }

    internal static CellFormat Format(HttpContext context)
    {
        var links = context.RequestServices.GetRequiredService<FileLinks>();
        var origin = $"{context.Request.Scheme}://{context.Request.Host}";
        return new CellFormat(id => origin + links.PathOf(id));
    }
}
