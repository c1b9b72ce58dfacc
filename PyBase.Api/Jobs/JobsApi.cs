using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Exports;
using PyBase.Core.Ids;
using PyBase.Core.Imports;
using PyBase.Core.Jobs;
using PyBase.Core.Permissions;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Files;
using PyBase.Storage.Imports;
using PyBase.Storage.Jobs;
using PyBase.Storage.Permissions;
using PyBase.Storage.Schema;

namespace PyBase.Api.Jobs;

/// <summary>Drops of files, and the jobs that read them.</summary>
static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").RequireAuthorization().WithTags("Jobs");
        api.MapPost("/bases/{baseId}/extractions", Drop).WithName("DropFiles").WithSummary("Read drawings into tables").DisableAntiforgery();
        api.MapPost("/bases/{baseId}/imports", Import).WithName("ImportFiles").WithSummary("Read files of rows (CSV, TSV, XLSX, JSON) into tables").DisableAntiforgery();
        api.MapPost("/bases/{baseId}/airtable-imports", Copy).WithName("ImportAirtableBase").WithSummary("Copy the tables of a base through Airtable's API");
        api.MapPost("/bases/{baseId}/comparisons", Compare).WithName("CompareFiles").WithSummary("What changed between two files: parts, dimensions, texts; or what a file would change in a table").DisableAntiforgery();
        api.MapPost("/bases/{baseId}/parts-lists", AddUp).WithName("AddUpPartsLists").WithSummary("Parts lists of files, each part once with its total, and what is wrong with them").DisableAntiforgery();
        api.MapGet("/bases/{baseId}/import-mappings", Mappings).WithName("ListImportMappings").WithSummary("What became of columns of files before");
        api.MapDelete("/bases/{baseId}/tables/{table}/import-mappings/{column}", Forget).WithName("ForgetImportMapping").WithSummary("Forget what became of a column");
        api.MapGet("/bases/{baseId}/tables/{table}/records/{id}/provenance", Sources).WithName("GetProvenance").WithSummary("Where a record's cells stand in the drawings that filled them");
        api.MapGet("/jobs", List).WithName("ListJobs").WithSummary("Jobs of a base, newest first");
        api.MapGet("/jobs/{id}", Get).WithName("GetJob").WithSummary("A job with state, progress and findings");
        api.MapGet("/jobs/{id}/preview", Preview).WithName("PreviewImport").WithSummary("What a waiting import found: columns, first rows, a mapping to be changed");
        api.MapPost("/jobs/{id}/import", Decide).WithName("DecideImport").WithSummary("Import by this mapping what a job waits with");
        api.MapGet("/jobs/{id}/file", File).WithName("DownloadExport").WithSummary("The file that an export made");
        api.MapPost("/jobs/{id}/cancel", Cancel).WithName("CancelJob").WithSummary("Stop a job and undo what it wrote");
        api.MapPost("/jobs/{id}/retry", Retry).WithName("RetryJob").WithSummary("Start an ended job again");
    }

    static Task<IResult> Drop(string baseId, HttpContext context, BaseDoor door, Upload upload, JobStore jobs, SchemaStore schemas) =>
        ReceiveAsync(baseId, null, context, door, upload, jobs, schemas);

    static Task<IResult> Import(string baseId, HttpContext context, BaseDoor door, Upload upload, JobStore jobs, SchemaStore schemas) =>
        ReceiveAsync(baseId, JobKind.Import, context, door, upload, jobs, schemas);

    static async Task<IResult> ReceiveAsync(string baseId, string? kind, HttpContext context, BaseDoor door, Upload upload, JobStore jobs, SchemaStore schemas)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ImportFiles)).TryGet(out var visit, out var error))
            return error.ToProblem();
        if (!(await upload.ReadAsync(context)).TryGet(out var drop, out error))
        {
            // What is still under way is not worth reading.
            context.Response.Headers.Connection = "close";
            return error.ToProblem();
        }
        var isAsked = drop.Request.Table is not null || drop.Request.IsPreview || drop.Request.Mapping is not null;
        // Somebody who names a table or wants to decide means the rows of the file, a drawing's too.
        kind ??= isAsked ? JobKind.Import : JobKind.Extraction;
        if (await RefusalAsync(visit, drop.Request.Mapping, drop.Request.Table, schemas, context.RequestAborted) is { } refused)
            return refused.ToProblem();
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (!(await jobs.EnqueueAsync(baseId, kind, drop.Options, drop.Files, key.Length is 0 or > 200 ? null : key, visit.UserId, context.RequestAborted)).TryGet(out var job, out error))
            return error.ToProblem();
        return Results.Json(job, JobJson.Options, statusCode: StatusCodes.Status202Accepted).WithLocation($"/api/jobs/{job.Id}");
    }

    static Task<IResult> Compare(string baseId, HttpContext context, BaseDoor door, Upload upload, JobStore jobs, SchemaStore schemas) =>
        ReadAsync(baseId, context, door, upload, async (visit, drop) =>
        {
            if (drop is { Files: [_], Request.Table: { } table })
            {
                if (await schemas.FindAsync(visit.BaseId, context.RequestAborted) is not { } schema || visit.See(schema).Find(table) is not { } found)
                    return SchemaErrors.ModelNotFound;
                // The job looks at all of it.
                return found.Scope is not null ? PermissionErrors.NotWhole
                    : await jobs.EnqueueAsync(baseId, JobKind.Comparison, new JsonObject { ["table"] = found.Id }.ToJsonString(), drop.Files, null, visit.UserId, context.RequestAborted);
            }
            return drop.Files is [var before, var after] ? await jobs.EnqueueComparisonAsync(baseId, before, after, visit.UserId, context.RequestAborted) : JobErrors.TwoFiles;
        });

    static Task<IResult> AddUp(string baseId, HttpContext context, BaseDoor door, Upload upload, JobStore jobs) =>
        ReadAsync(baseId, context, door, upload, (visit, drop) => jobs.EnqueueAsync(baseId, JobKind.PartsList, "{}", drop.Files, null, visit.UserId, context.RequestAborted));

    /// <summary>Files that are read and leave the tables of the base as they are.</summary>
    static async Task<IResult> ReadAsync(string baseId, HttpContext context, BaseDoor door, Upload upload, Func<Visit, Drop, Task<Result<Job>>> enqueue)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ImportFiles)).TryGet(out var visit, out var error))
            return error.ToProblem();
        if (!(await upload.ReadAsync(context)).TryGet(out var drop, out error))
        {
            context.Response.Headers.Connection = "close";
            return error.ToProblem();
        }
        return (await enqueue(visit, drop)).TryGet(out var job, out error)
            ? Results.Json(job, JobJson.Options, statusCode: StatusCodes.Status202Accepted).WithLocation($"/api/jobs/{job.Id}") : error.ToProblem();
    }

    static async Task<IResult> Copy(string baseId, HttpContext context, BaseDoor door, JobStore jobs, SealedTokens tokens)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (!(body is null ? RecordErrors.InvalidBody : AirtableRequest.Read(body.RootElement)).TryGet(out var request, out error))
            return error.ToProblem();
        return (await jobs.EnqueueAsync(baseId, JobKind.AirtableImport, tokens.Seal(request), [], null, visit.UserId, context.RequestAborted)).TryGet(out var job, out error)
            ? Results.Json(job, JobJson.Options, statusCode: StatusCodes.Status202Accepted).WithLocation($"/api/jobs/{job.Id}") : error.ToProblem();
    }

    static async Task<IResult> Mappings(string baseId, HttpContext context, BaseDoor door, SchemaStore schemas, ImportMappings mappings)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ReadRecords)).TryGet(out var visit, out var error))
            return error.ToProblem();
        var seen = await schemas.FindAsync(baseId, context.RequestAborted) is { } schema ? visit.See(schema) : null;
        var learned = (await mappings.FindAsync(baseId, null, context.RequestAborted)).Where(one => seen?.Find(one.Table)?.Scope?.Hidden.Contains(one.Field) is not true);
        return Results.Json(new
        {
            mappings = learned.Select(one => new { table = one.Table, column = one.Column, field = one.Field, numbers = one.Form.Numbers.ToString(), dates = one.Form.Dates.ToString(), uses = one.Uses }),
        }, JobJson.Options);
    }

    static async Task<IResult> Sources(string baseId, string table, string id, HttpContext context, BaseDoor door, SchemaStore schemas, Provenance provenance)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ReadRecords)).TryGet(out var visit, out var error))
            return error.ToProblem();
        if (await schemas.FindAsync(baseId, context.RequestAborted) is not { } all || visit.See(all) is var schema && schema.Find(PathName.Of(table)) is not { } found)
            return SchemaErrors.ModelNotFound.ToProblem();
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("record");
            await provenance.WriteRecordAsync(schema, found, id, json, context.RequestAborted);
            json.WritePropertyName("cells");
            await provenance.WriteAsync(schema, found, id, json, context.RequestAborted);
            json.WriteEndObject();
        }
        return Results.Bytes(buffer.WrittenMemory, "application/json; charset=utf-8");
    }

    static async Task<IResult> Forget(string baseId, string table, string column, HttpContext context, BaseDoor door, ImportMappings mappings)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ImportFiles)).TryGet(out _, out var error))
            return error.ToProblem();
        await mappings.ForgetAsync(baseId, PathName.Of(table), PathName.Of(column), context.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>A drop brings its own tables; to add fields to one that is there is another permission.</summary>
    static async Task<Error?> RefusalAsync(Visit visit, ImportMapping? mapping, string? target, SchemaStore schemas, CancellationToken cancellation)
    {
        if ((mapping?.Table ?? target) is not { } table)
            return null;
        if (await schemas.FindAsync(visit.BaseId, cancellation) is not { } schema || visit.See(schema).Find(table) is not { } found)
            return SchemaErrors.ModelNotFound;
        if (found.Scope is not null)
            return PermissionErrors.NotWhole;
        return mapping?.Columns.Any(column => column.NewField is not null) is true && !visit.Role.May(Permission.EditSchema) ? ImportErrors.FieldsNotPermitted : null;
    }

    static async Task<IResult> Preview(string id, HttpContext context, BaseDoor door, JobStore jobs)
    {
        if (!(await FindAsync(id, context, door, jobs, Permission.ReadRecords)).TryGet(out _, out var error))
            return error.ToProblem();
        return await jobs.FindPreviewAsync(id, context.RequestAborted) is { } preview ? Results.Text(preview, "application/json") : ImportErrors.NoPreview.ToProblem();
    }

    static async Task<IResult> File(string id, HttpContext context, BaseDoor door, JobStore jobs, FileStore files)
    {
        if (!(await FindAsync(id, context, door, jobs, Permission.ReadRecords)).TryGet(out var job, out var error) || (IsOfWholeBase(job) && !(await door.EnterAsync(context, job.Base, Permission.EditSchema)).TryGet(out _, out error)))
            return error.ToProblem();
        // What it holds is what the rules left to read when it was made.
        if (await IsBoundAsync(job.Base, context, door) is not null && await context.RequestServices.GetRequiredService<RuleStore>().LastSetAsync(job.Base, context.RequestAborted) is { } set && set > job.CreatedTime)
            return ExportErrors.NoFile.ToProblem();
        return job.Result?.File is { } made && await jobs.FindExportAsync(made.Id, context.RequestAborted) is { } file
            ? Results.Stream(files.OpenRead(file.Sha256), file.MediaType, file.Name, enableRangeProcessing: true) : ExportErrors.NoFile.ToProblem();
    }

    static async Task<IResult> Decide(string id, HttpContext context, BaseDoor door, JobStore jobs, SchemaStore schemas)
    {
        if (!(await FindAsync(id, context, door, jobs, Permission.ImportFiles)).TryGet(out var job, out var error))
            return error.ToProblem();
        if (!(await door.EnterAsync(context, job.Base, Permission.ImportFiles)).TryGet(out var visit, out error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        if (!ImportMapping.Read(body.RootElement).TryGet(out var mapping, out error))
            return error.ToProblem();
        if (await RefusalAsync(visit, mapping, null, schemas, context.RequestAborted) is { } refused)
            return refused.ToProblem();
        var input = new JsonObject { ["mapping"] = mapping.Write() };
        return (await jobs.DecideAsync(id, input.ToJsonString(), context.RequestAborted)).TryGet(out job, out error) ? Show(job) : error.ToProblem();
    }

    static async Task<IResult> Get(string id, HttpContext context, BaseDoor door, JobStore jobs) =>
        (await FindAsync(id, context, door, jobs, Permission.ReadRecords)).TryGet(out var job, out var error) ? Show(job) : error.ToProblem();

    static async Task<IResult> List(HttpContext context, BaseDoor door, JobStore jobs, string? @base = null, string? state = null, string? kind = null, string? cursor = null)
    {
        if (@base is null)
            return JobErrors.BaseNeeded.ToProblem();
        if (!(await door.EnterAsync(context, @base, Permission.ReadRecords)).TryGet(out _, out var error))
            return error.ToProblem();
        var bound = await IsBoundAsync(@base, context, door);
        const int Page = 50;
        var found = await jobs.ListAsync(@base, state, kind, Id.Is(cursor, "job") ? cursor : null, Page, context.RequestAborted, bound);
        return Results.Json(new { jobs = found, cursor = found.Count == Page ? found[^1].Id : null }, JobJson.Options);
    }

    static Task<IResult> Cancel(string id, HttpContext context, BaseDoor door, JobStore jobs) => ChangeAsync(id, context, door, jobs, jobs.CancelAsync);

    static Task<IResult> Retry(string id, HttpContext context, BaseDoor door, JobStore jobs) => ChangeAsync(id, context, door, jobs, jobs.RetryAsync);

    static async Task<IResult> ChangeAsync(string id, HttpContext context, BaseDoor door, JobStore jobs, Func<string, CancellationToken, Task<Result<Job>>> change)
    {
        if (!(await FindAsync(id, context, door, jobs, Permission.ImportFiles)).TryGet(out var found, out var error) || (IsOfWholeBase(found) && !(await door.EnterAsync(context, found.Base, Permission.EditSchema)).TryGet(out _, out error)))
            return error.ToProblem();
        return (await change(id, context.RequestAborted)).TryGet(out var job, out error) ? Show(job) : error.ToProblem();
    }

    /// <summary>It reads or writes all of a base, whatever its rules: for those who shape it.</summary>
    static bool IsOfWholeBase(Job job) => job.Kind is JobKind.Snapshot or JobKind.SnapshotRestore;

    /// <summary>A job of a base that the caller may not enter is one that does not exist.</summary>
    static async Task<Result<Job>> FindAsync(string id, HttpContext context, BaseDoor door, JobStore jobs, Permission permission)
    {
        if (!Id.Is(id, "job") || await jobs.FindAsync(id, context.RequestAborted) is not { } job)
            return JobErrors.NotFound;
        if (!(await door.EnterAsync(context, job.Base, permission)).TryGet(out _, out var error))
            return error == SchemaErrors.ModelNotFound ? JobErrors.NotFound : error;
        return await IsBoundAsync(job.Base, context, door) is { } bound && await jobs.CreatorOfAsync(id, context.RequestAborted) != bound ? JobErrors.NotFound : job;
    }

    /// <summary>Where rules hide something from the caller, what jobs of others read and wrote is not theirs to see: whose jobs are; null for everybody's.</summary>
    static async Task<string?> IsBoundAsync(string baseId, HttpContext context, BaseDoor door) =>
        (await door.EnterAsync(context, baseId, Permission.ReadRecords)).TryGet(out var visit, out _) && visit.Reader.IsBound
        && await context.RequestServices.GetRequiredService<SchemaStore>().FindAsync(baseId, context.RequestAborted) is { HasRules: true } ? visit.Reader.UserId : null;

    static IResult Show(Job job) => Results.Json(job, JobJson.Options);

    sealed class Located(IResult result, string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = location;
            return result.ExecuteAsync(httpContext);
        }
    }

    static Located WithLocation(this IResult result, string location) => new(result, location);
}
