using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Errors;
using PyBase.Core.Jobs;
using PyBase.Core.Mails;
using PyBase.Core.Records;
using PyBase.Core.Scaling;
using PyBase.Storage.Accounts;
using PyBase.Storage.Jobs;
using PyBase.Storage.Mails;
using PyBase.Storage.Operations;
using PyBase.Storage.Scaling;

namespace PyBase.Api.Operations;

/// <summary>For whoever runs the installation: its owner, or a script with <c>Operations:Token</c> (the AppHost's commands).</summary>
static class OperationsApi
{
    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        var operations = app.MapGroup("/api/operations").WithTags("Operations").AddEndpointFilter(OnlyOperators);
        operations.MapGet("", Look).WithName("GetOperations").WithSummary("Processes, servers, queues, what is advised, and what the autoscaler decided");
        operations.MapPost("/plan", Plan).WithName("PlanCapacity").WithSummary("Tier, processes, pools and monthly cost for a workload");
        operations.MapPut("/queues/{queue}/concurrency", SetConcurrency).WithName("SetQueueConcurrency").WithSummary("How many jobs of a queue each worker does at once, from now on; null for what it was started with");
        operations.MapPost("/sample-base", LoadSample).WithName("LoadSampleBase").WithSummary("A base to look around in, in the installation owner's workspace");
        operations.MapPost("/queues/{queue}/drain", Drain).WithName("DrainQueue").WithSummary("Park what waits in a queue; what runs goes on");
        operations.MapGet("/mails", Mails).WithName("ListUnsentMails").WithSummary("Mails that wait or were given up, newest first");
        operations.MapPost("/mails/{id}/retry", SendMail).WithName("RetryMail").WithSummary("Send a mail once more");
    }

    static async ValueTask<object?> OnlyOperators(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var token = context.RequestServices.GetRequiredService<IConfiguration>()["Operations:Token"];
        var given = context.Request.Headers.Authorization.ToString();
        var isScript = !string.IsNullOrEmpty(token)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes($"Bearer {token}"));
        return isScript || context.User.FindCurrentUser() is { IsInstallationOwner: true, HasFullAccess: true }
            ? await next(invocation)
            : OperationsErrors.OwnerOnly.ToProblem();
    }

    static async Task<IResult> Look(InstallationReader installation, ScalingStore scaling, CancellationToken cancellation) =>
        Results.Json(OperationsViews.Of(await installation.ReadAsync(cancellation), await scaling.DecisionsAsync(50, cancellation)), JobJson.Options);

    static async Task<IResult> Plan(HttpContext context, IConfiguration configuration)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null || !TryRead<PlanQuestion>(body, out var asked))
            return RecordErrors.InvalidBody.ToProblem();
        Prices prices;
        try
        {
            prices = configuration["Scaling:Prices"] is { Length: > 0 } path ? Prices.Parse(await File.ReadAllTextAsync(path, context.RequestAborted)) : Prices.Listed;
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            return PlanErrors.NoPrices(wrong.Message).ToProblem();
        }
        return CapacityPlanner.Plan(new(asked.Users, asked.EditsPerSecond, asked.Rows, asked.FilesPerDay), RequestCosts.Reported, prices, new(asked.Reserved, asked.SpotWorkers, asked.Arm))
            .TryGet(out var plan, out var error) ? Results.Json(plan, JobJson.Options) : error.ToProblem();
    }

    static async Task<IResult> SetConcurrency(string queue, HttpContext context, QueueLimits limits)
    {
        if (!Queues.All.Contains(queue))
            return JobErrors.UnknownQueue(queue).ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null || !TryRead<QueueConcurrency>(body, out var asked) || asked.Concurrency is < 1 or > MostAtOnce)
            return JobErrors.InvalidConcurrency.ToProblem();
        await limits.SetAsync(queue, asked.Concurrency, context.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>More than a process has use for; its broker gives it fewer at once anyway.</summary>
    const int MostAtOnce = 1_000;

    static bool TryRead<T>(JsonDocument body, [NotNullWhen(true)] out T? asked) where T : class
    {
        try
        {
            return (asked = body.Deserialize<T>(JsonSerializerOptions.Web)) is not null;
        }
        catch (JsonException)
        {
            asked = null;
            return false;
        }
    }

    static async Task<IResult> LoadSample(SampleBase sample, CancellationToken cancellation) =>
        (await sample.CreateAsync(cancellation)).TryGet(out var made, out var error)
            ? Results.Json(new { id = made.Id, tables = made.Tables.Select(t => t.Name) }, statusCode: StatusCodes.Status201Created)
            : error.ToProblem();

    static async Task<IResult> Drain(string queue, JobStore jobs, CancellationToken cancellation) => Queues.All.Contains(queue)
        ? Results.Json(new { queue, parked = await jobs.DrainAsync(queue, cancellation) })
        : JobErrors.UnknownQueue(queue).ToProblem();

    static async Task<IResult> Mails(MailJobs mails, CancellationToken cancellation) => Results.Json(new { mails = await mails.UnsentAsync(cancellation) }, JobJson.Options);

    static async Task<IResult> SendMail(string id, MailJobs mails, CancellationToken cancellation) =>
        await mails.RetryAsync(id, cancellation) ? Results.Accepted() : MailErrors.NotFound.ToProblem();
}

static class OperationsErrors
{
    public static readonly Error OwnerOnly = new("installation-owner-only", ErrorKind.Forbidden, "Only the owner of this installation may do that.");

    public static readonly Error NoOwner = new("no-installation-owner", ErrorKind.Conflict, "There is no account yet.", "Sign up first; the first account owns the installation.");
}
