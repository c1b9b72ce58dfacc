using System.Text;
using Microsoft.AspNetCore.Http.Features;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Core.Sync;
using PyBase.Storage.Sync;

namespace PyBase.Api.Records;

/// <summary>CSV files that are brought into a table again and again.</summary>
static class SyncApi
{
    public static void MapSync(this RouteGroupBuilder v0) =>
        v0.MapPost("/{baseId}/{table}/sync/{sync}", Sync).WithTags("Records").WithName("SyncCsv").WithSummary("Make the rows of this sync those of a CSV file");

    static async Task<IResult> Sync(string baseId, string table, string sync, HttpContext context, BaseDoor door, CsvSync syncs)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.WriteRecords)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        if (sync.Length is 0 or > 100 || sync.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            return SyncErrors.InvalidName.ToAirtable();
        if (context.Request.ContentLength > SyncErrors.MaxBytes)
            return SyncErrors.TooLarge.ToAirtable();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = SyncErrors.MaxBytes;
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = (await reader.ReadToEndAsync(context.RequestAborted)).Replace("\0", "", StringComparison.Ordinal);
        if (!CsvRows.Read(text).TryGet(out var csv, out error))
            return error.ToAirtable();
        // New columns are a change of definitions, which not everybody may make.
        var done = await syncs.RunAsync(baseId, PathName.Of(table), sync, csv, visit.Role.May(Permission.EditSchema), visit.Origin("SyncCsv", context), context.RequestAborted);
        return done.TryGet(out _, out error) ? Results.Json(new { success = true }) : error.ToAirtable();
    }
}
