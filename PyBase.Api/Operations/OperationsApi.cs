using System.Security.Cryptography;
using System.Text;
using PyBase.Api.Errors;
using PyBase.Core.Errors;
using PyBase.Core.Jobs;
using PyBase.Core.Mails;
using PyBase.Storage.Accounts;
using PyBase.Storage.Jobs;
using PyBase.Storage.Mails;

namespace PyBase.Api.Operations;

/// <summary>For whoever runs the installation: its owner, or a script with <c>Operations:Token</c> (the AppHost's commands).</summary>
static class OperationsApi
{
    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        var operations = app.MapGroup("/api/operations").WithTags("Operations").AddEndpointFilter(OnlyOperators);
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
        return isScript || context.User.FindCurrentUser() is { IsInstallationOwner: true }
            ? await next(invocation)
            : OperationsErrors.OwnerOnly.ToProblem();
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
