using Microsoft.AspNetCore.Diagnostics;
using PyBase.Core.Errors;
using PyBase.Core.Jobs;
using PyBase.Core.Records;
using PyBase.Storage.Files;
using PyBase.Storage.Postgres;

namespace PyBase.Api.Errors;

/// <summary>
/// Exceptions that stand for a refusal, and all of them under /v0, where they have the form that Airtable's clients read. For the rest the uniform problem
/// details do.
/// </summary>
sealed partial class Failures(ILogger<Failures> logger) : IExceptionHandler
{
    static readonly Error TooLarge = new("request-too-large", ErrorKind.TooLarge, "The request body is too large.", "Send fewer records at a time.");

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var isAirtable = context.Request.Path.StartsWithSegments("/v0");
        if (!isAirtable && (exception is BadHttpRequestException || context.RequestAborted.IsCancellationRequested || ErrorOf(exception) is null))
            return false;
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        var known = exception is BadHttpRequestException bad
            ? bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : RecordErrors.InvalidBody
            : ErrorOf(exception);
        if (known is null)
            Failed(logger, exception, context.Request.Method, context.Request.Path.Value);
        else if (known.Kind is ErrorKind.Unavailable)
        {
            Unavailable(logger, exception.Message, context.Request.Method, context.Request.Path.Value);
            context.Response.Headers.RetryAfter = "2";
        }
        var answer = (isAirtable ? known?.ToAirtable() : known?.ToProblem()) ?? Results.Json(
            new { error = new { type = "SERVER_ERROR", message = "Something went wrong on the server; its log says what." } }, statusCode: 500);
        await answer.ExecuteAsync(context);
        return true;
    }

    static Error? ErrorOf(Exception exception) => exception is FileStoreException ? JobErrors.StoreUnavailable : DatabaseFailures.ErrorOf(exception);

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    static partial void Failed(ILogger logger, Exception exception, string method, string? path);

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Path} is to be tried again: {Reason}")]
    static partial void Unavailable(ILogger logger, string reason, string method, string? path);
}
