using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Core.Jobs;
using PyBase.Core.Schema;
using PyBase.Storage.Jobs;

namespace PyBase.Api.Jobs;

/// <summary>Drops of files, and the jobs that read them.</summary>
static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").RequireAuthorization().WithTags("Jobs");
        api.MapPost("/bases/{baseId}/extractions", Drop).WithName("DropFiles").WithSummary("Read drawings into tables").DisableAntiforgery();
        api.MapGet("/jobs", List).WithName("ListJobs").WithSummary("Jobs of a base, newest first");
        api.MapGet("/jobs/{id}", Get).WithName("GetJob").WithSummary("A job with state, progress and findings");
        api.MapPost("/jobs/{id}/cancel", Cancel).WithName("CancelJob").WithSummary("Stop a job and undo what it wrote");
        api.MapPost("/jobs/{id}/retry", Retry).WithName("RetryJob").WithSummary("Start an ended job again");
    }

    static async Task<IResult> Drop(string baseId, HttpContext context, BaseDoor door, Upload upload, JobStore jobs)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ImportFiles)).TryGet(out var visit, out var error))
            return error.ToProblem();
        if (!(await upload.ReadAsync(context)).TryGet(out var files, out error))
        {
            // What is still under way is not worth reading.
            context.Response.Headers.Connection = "close";
            return error.ToProblem();
        }
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (!(await jobs.EnqueueExtractionAsync(baseId, files, key.Length is 0 or > 200 ? null : key, visit.UserId, context.RequestAborted)).TryGet(out var job, out error))
            return error.ToProblem();
        return Results.Json(job, JobJson.Options, statusCode: StatusCodes.Status202Accepted).WithLocation($"/api/jobs/{job.Id}");
    }

    static async Task<IResult> Get(string id, HttpContext context, BaseDoor door, JobStore jobs) =>
        (await FindAsync(id, context, door, jobs, Permission.ReadRecords)).TryGet(out var job, out var error) ? Show(job) : error.ToProblem();

    static async Task<IResult> List(HttpContext context, BaseDoor door, JobStore jobs, string? @base = null, string? state = null, string? kind = null, string? cursor = null)
    {
        if (@base is null)
            return JobErrors.BaseNeeded.ToProblem();
        if (!(await door.EnterAsync(context, @base, Permission.ReadRecords)).TryGet(out _, out var error))
            return error.ToProblem();
        const int Page = 50;
        var found = await jobs.ListAsync(@base, state, kind, Id.Is(cursor, "job") ? cursor : null, Page, context.RequestAborted);
        return Results.Json(new { jobs = found, cursor = found.Count == Page ? found[^1].Id : null }, JobJson.Options);
    }

    static Task<IResult> Cancel(string id, HttpContext context, BaseDoor door, JobStore jobs) => ChangeAsync(id, context, door, jobs, jobs.CancelAsync);

    static Task<IResult> Retry(string id, HttpContext context, BaseDoor door, JobStore jobs) => ChangeAsync(id, context, door, jobs, jobs.RetryAsync);

    static async Task<IResult> ChangeAsync(string id, HttpContext context, BaseDoor door, JobStore jobs, Func<string, CancellationToken, Task<Result<Job>>> change)
    {
        if (!(await FindAsync(id, context, door, jobs, Permission.ImportFiles)).TryGet(out _, out var error))
            return error.ToProblem();
        return (await change(id, context.RequestAborted)).TryGet(out var job, out error) ? Show(job) : error.ToProblem();
    }

    /// <summary>A job of a base that the caller may not enter is one that does not exist.</summary>
    static async Task<Result<Job>> FindAsync(string id, HttpContext context, BaseDoor door, JobStore jobs, Permission permission)
    {
        if (!Id.Is(id, "job") || await jobs.FindAsync(id, context.RequestAborted) is not { } job)
            return JobErrors.NotFound;
        return (await door.EnterAsync(context, job.Base, permission)).TryGet(out _, out var error) ? job
            : error == SchemaErrors.ModelNotFound ? JobErrors.NotFound : error;
    }

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
