using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Audit;
using PyBase.Core.Errors;
using PyBase.Core.Exports;
using PyBase.Core.Jobs;
using PyBase.Core.Permissions;
using PyBase.Core.Queries;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Audit;
using PyBase.Storage.Exports;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Storage.Schema;

namespace PyBase.Api.Exports;

/// <summary>Tables and views as files: at once, while it is read, or by a job whose file is fetched later.</summary>
static class ExportsApi
{
    public static void MapExports(this IEndpointRouteBuilder app)
    {
        var table = app.MapGroup("/api/bases/{baseId}/tables/{table}").RequireAuthorization().WithTags("Exports");
        table.MapGet("/export", Download).WithName("DownloadTable").WithSummary("A table or view as a file: format=csv, tsv, xlsx, json or ndjson");
        table.MapPost("/exports", Start).WithName("ExportTable").WithSummary("The same as a job, for large tables");
    }

    static async Task<IResult> Download(string baseId, string table, HttpContext context, BaseDoor door, SchemaStore schemas, TableExport export, AuditLog audit)
    {
        var query = context.Request.Query;
        if (!Selection.Read(query).TryGet(out var selection, out var error))
            return error.ToProblem();
        if (ExportRequest.FormatOf(query["format"]) is not { } format)
            return ExportErrors.Invalid("format is missing or unknown").ToProblem();
        var named = query["fields[]"].Concat(query["fields"]).Where(f => !string.IsNullOrEmpty(f)).Select(f => f!).ToArray();
        var request = new ExportRequest(format, PathName.Of(table), selection, named.Length == 0 ? null : named, query["guardFormulas"].ToString() is not ("false" or "0"), OriginOf(context));
        if (!(await PlanAsync(baseId, request, context, door, schemas)).TryGet(out var found, out error))
            return error.ToProblem();
        await audit.NoteAsync(AuditActs.ExportMade, found.UserId, baseId, null, Sessions.AddressOf(context), new { table = found.Query.Table.Id, format = query["format"].ToString() }, context.RequestAborted);
        // What was begun cannot be refused any more: an error behind here cuts the answer, which the client sees.
        return Results.Stream(async output =>
        {
            if (!(await export.WriteAsync(found.Schema, found.Query, request, output, null, context.RequestAborted)).IsOk)
                context.Abort();
        }, format.MediaType(), format.FileName(found.Query.Table.Name));
    }

    static async Task<IResult> Start(string baseId, string table, HttpContext context, BaseDoor door, SchemaStore schemas, JobStore jobs)
    {
        // A job acts for whoever started it.
        if (BaseDoor.IsAsAnother(context))
            return PermissionErrors.ViewAsReads.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (!(body is null ? RecordErrors.InvalidBody : ExportRequest.Read(body.RootElement, PathName.Of(table), OriginOf(context))).TryGet(out var request, out var error))
        {
            // Whose base it is not does not hear what is wrong with the request.
            return (await door.EnterAsync(context, baseId, Permission.ReadRecords)).TryGet(out _, out var refused) ? error.ToProblem() : refused.ToProblem();
        }
        if (!(await PlanAsync(baseId, request, context, door, schemas)).TryGet(out var found, out error))
            return error.ToProblem();
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var input = request with { Table = found.Query.Table.Id };
        return (await jobs.EnqueueAsync(baseId, JobKind.Export, input.Write(), [], key.Length is 0 or > 200 ? null : key, found.UserId, context.RequestAborted)).TryGet(out var job, out error)
            ? Results.Json(job, JobJson.Options, statusCode: StatusCodes.Status202Accepted) : error.ToProblem();
    }

    readonly record struct Planned(BaseSchema Schema, RecordQuery Query, string UserId);

    static async Task<Result<Planned>> PlanAsync(string baseId, ExportRequest request, HttpContext context, BaseDoor door, SchemaStore schemas)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ReadRecords)).TryGet(out var visit, out var error))
            return error;
        return await schemas.FindAsync(baseId, context.RequestAborted) is { } schema
            ? visit.See(schema) is var seen ? request.Plan(seen).Then<Planned>(query => new Planned(seen, query, visit.UserId)) : SchemaErrors.ModelNotFound : SchemaErrors.ModelNotFound;
    }

    static string OriginOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
