using Microsoft.AspNetCore.Diagnostics;
using PyBase.Core.Errors;
using PyBase.Core.Jobs;
using PyBase.Core.Records;
using PyBase.Storage.Files;
using PyBase.Storage.Postgres;

namespace PyBase.Api.Errors;

/// <summary>Exceptions under /v0, in the form that Airtable's clients read. Elsewhere the uniform problem details do it.</summary>
sealed partial class AirtableFailures(ILogger<AirtableFailures> logger) : IExceptionHandler
{
    static readonly Error TooLarge = new("request-too-large", ErrorKind.TooLarge, "The request body is too large.", "Send fewer records at a time.");

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!context.Request.Path.StartsWithSegments("/v0"))
            return false;
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        var known = exception is BadHttpRequestException bad
            ? bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : RecordErrors.InvalidBody
            : exception is FileStoreException ? JobErrors.StoreUnavailable : DatabaseFailures.ErrorOf(exception);
        if (known is null)
            Failed(logger, exception, context.Request.Method, context.Request.Path.Value);
        else if (known.Kind is ErrorKind.Unavailable)
        {
            Unavailable(logger, exception.Message, context.Request.Method, context.Request.Path.Value);
            context.Response.Headers.RetryAfter = "2";
        }
        var answer = known?.ToAirtable() ?? Results.Json(
            new { error = new { type = "SERVER_ERROR", message = "Something went wrong on the server; its log says what." } }, statusCode: 500);
        await answer.ExecuteAsync(context);
        return true;
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    static partial void Failed(ILogger logger, Exception exception, string method, string? path);

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Path} is to be tried again: {Reason}")]
    static partial void Unavailable(ILogger logger, string reason, string method, string? path);
}
