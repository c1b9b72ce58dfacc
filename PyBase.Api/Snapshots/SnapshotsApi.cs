using Microsoft.AspNetCore.Http.Features;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Audit;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Core.Snapshots;
using PyBase.Storage.Accounts;
using PyBase.Storage.Audit;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Storage.Snapshots;

namespace PyBase.Api.Snapshots;

/// <summary>Whole bases in and out of a file, and copies of bases and tables.</summary>
static class SnapshotsApi
{
    public static void MapSnapshots(this IEndpointRouteBuilder app)
    {
        var bases = app.MapGroup("/api/bases/{baseId}").RequireAuthorization().WithTags("Snapshots");
        bases.MapGet("/snapshot", Get).WithName("GetSnapshot").WithSummary("The base as a file: definitions, records, links, comments and views");
        bases.MapPost("/snapshots", Start).WithName("MakeSnapshot").WithSummary("The same as a job, for large bases; its file is there for a week");
        bases.MapPost("/snapshot/restore", Restore).WithName("RestoreSnapshot").WithSummary("Put the base back to a snapshot of it, which is the body; with Prefer: respond-async as a job");
        bases.MapPost("/duplicate", DuplicateBase).WithName("DuplicateBase").WithSummary("Copy the base with new ids, with or without records");
        bases.MapPost("/tables/{table}/duplicate", DuplicateTable).WithName("DuplicateTable").WithSummary("Copy the table beside itself, with or without records");
        app.MapPost("/api/workspaces/{workspace}/snapshots", Create).RequireAuthorization().WithTags("Snapshots").WithName("CreateFromSnapshot").WithSummary("Make a new base from a snapshot, which is the body");
    }

    static async Task<IResult> Get(string baseId, HttpContext context, BaseDoor door, SnapshotWriter snapshots, FileStore files, AuditLog audit)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        await audit.NoteAsync(AuditActs.SnapshotMade, visit.UserId, baseId, null, Sessions.AddressOf(context), new { }, context.RequestAborted);
        // Written to the store first, so that a slow reader holds nothing in the database.
        return (await snapshots.StoreAsync(baseId, context.RequestAborted)).TryGet(out var stored, out error)
            ? Results.Stream(files.OpenRead(stored.Sha256), "application/gzip", $"{baseId}.pybase.gz") : error.ToProblem();
    }

    static async Task<IResult> Start(string baseId, HttpContext context, BaseDoor door, JobStore jobs) =>
        (await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error)
            ? Show(await jobs.EnqueueAsync(baseId, JobKind.Snapshot, "{}", [], null, visit.UserId, context.RequestAborted)) : error.ToProblem();

    static async Task<IResult> Restore(string baseId, HttpContext context, BaseDoor door, SnapshotRestorer snapshots, JobStore jobs)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        if (!(await StoreAsync(context)).TryGet(out var stored, out error))
            return error.ToProblem();
        if (context.Request.Headers["Prefer"].ToString().Contains("respond-async", StringComparison.Ordinal))
            return Show(await jobs.EnqueueAsync(baseId, JobKind.SnapshotRestore, "{}", [new DroppedFile($"{baseId}.pybase.gz", "application/gzip", stored)], null, visit.UserId, context.RequestAborted));
        return Show(await snapshots.RestoreAsync(baseId, stored.Sha256, visit.Origin("RestoreSnapshot", context), context.RequestAborted), StatusCodes.Status200OK);
    }

    static async Task<IResult> Create(string workspace, HttpContext context, BaseAccess access, SnapshotRestorer snapshots, string? name = null)
    {
        var user = context.User.CurrentUser();
        if (await access.RoleInWorkspaceAsync(user.Id, workspace, context.RequestAborted) is not { } role)
            return SchemaErrors.ModelNotFound.ToProblem();
        if (!role.May(Permission.EditSchema) || !user.Has(Scopes.WriteSchema))
            return SchemaErrors.NotPermitted.ToProblem();
        if (name?.Trim() is { Length: 0 or > TableSpec.MaxName })
            return SchemaErrors.BaseNeedsName.ToProblem();
        if (!(await StoreAsync(context)).TryGet(out var stored, out var error))
            return error.ToProblem();
        return Show(await snapshots.CreateAsync(workspace, name?.Trim(), stored.Sha256, withRecords: true, new Origin(user.Id, "CreateBase"), context.RequestAborted), StatusCodes.Status201Created);
    }

    static async Task<IResult> DuplicateBase(string baseId, HttpContext context, BaseDoor door, BaseAccess access, SnapshotWriter writer, SnapshotRestorer restorer)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        if (await access.FindBaseAsync(visit.UserId, baseId, context.RequestAborted) is not { } found)
            return SchemaErrors.ModelNotFound.ToProblem();
        var name = body.RootElement.GetText("name")?.Trim() ?? FreeName.Cut($"{found.Name} copy", TableSpec.MaxName);
        if (name.Length is 0 or > TableSpec.MaxName)
            return SchemaErrors.BaseNeedsName.ToProblem();
        if (!(await writer.StoreAsync(baseId, context.RequestAborted)).TryGet(out var stored, out error))
            return error.ToProblem();
        // The workspace is asked for the right to make bases in the statement that enters the new one.
        return Show(await restorer.CreateAsync(body.RootElement.GetText("workspaceId") ?? found.WorkspaceId, name, stored.Sha256, body.RootElement.GetFlag("withRecords") is not false,
            visit.Origin("DuplicateBase", context), context.RequestAborted), StatusCodes.Status201Created);
    }

    static async Task<IResult> DuplicateTable(string baseId, string table, HttpContext context, BaseDoor door, TableCopies copies)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var name = body.RootElement.GetText("name")?.Trim();
        if (name is { Length: 0 or > TableSpec.MaxName })
            return SchemaErrors.TableNameTaken("").ToProblem();
        var made = await copies.DuplicateAsync(baseId, PathName.Of(table), name, body.RootElement.GetFlag("withRecords") is not false, visit.Origin("DuplicateTable", context), context.RequestAborted);
        if (!made.TryGet(out var copy, out error))
            return error.ToProblem();
        context.Response.StatusCode = StatusCodes.Status201Created;
        return JsonAnswer.Of(json => copy.Write(json));
    }

    static async Task<Result<StoredFile>> StoreAsync(HttpContext context)
    {
        var files = context.RequestServices.GetRequiredService<FileStore>();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = files.MaxBytes + 1;
        try
        {
            return await files.WriteAsync(context.Request.Body, context.RequestAborted) is { } stored ? stored : SnapshotErrors.TooLarge;
        }
        catch (FileStoreException)
        {
            return JobErrors.StoreUnavailable;
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return SnapshotErrors.TooLarge;
        }
    }

    static IResult Show(Result<Job> begun) => begun.TryGet(out var job, out var error) ? Results.Json(job, JobJson.Options, statusCode: StatusCodes.Status202Accepted) : error.ToProblem();

    static IResult Show(Result<RestoredBase> restored, int status) => restored.TryGet(out var made, out var error)
        ? Results.Json(new { id = made.Id, name = made.Name, records = made.Records }, statusCode: status) : error.ToProblem();
}
