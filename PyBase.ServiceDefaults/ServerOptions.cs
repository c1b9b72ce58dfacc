using Microsoft.Extensions.Options;

namespace PyBase.ServiceDefaults;

/// <summary>Settings <c>Server</c>: how a process ends, and how long it lets a request take.</summary>
public sealed class ServerOptions
{
    /// <summary>Where they stand.</summary>
    public const string Section = "Server";

    /// <summary>
    /// How long a process that was told to end says that it is not ready and serves on, so that a load balancer stops sending before nobody listens. 0, the
    /// default, for a process that nothing stands in front of.
    /// </summary>
    public TimeSpan DrainFor { get; set; }

    /// <summary>Requests after which a process drains and ends, for whoever starts it again; 0, the default, is never.</summary>
    public int RecycleAfter { get; set; }

    /// <summary>By how many requests, at most, a process differs from <see cref="RecycleAfter"/>, so that those started together do not end together. A tenth of it unless set.</summary>
    public int? RecycleJitter { get; set; }

    /// <summary>How long an answer may take to begin, once the request's files are read; 504 after that. Streams and live tables take as long as they take.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(5);

    internal string? Problem =>
        DrainFor < TimeSpan.Zero || DrainFor > TimeSpan.FromHours(1) ? "Server:DrainFor is a time of at most an hour, as 00:00:05."
        : RecycleAfter < 0 ? "Server:RecycleAfter is a number of requests, 0 for never."
        : RecycleJitter < 0 || RecycleJitter > RecycleAfter ? "Server:RecycleJitter is a number of requests, at most Server:RecycleAfter."
        : RequestTimeout <= TimeSpan.Zero || RequestTimeout > TimeSpan.FromDays(1) ? "Server:RequestTimeout is a time of at most a day, as 00:05:00."
        : null;
}

sealed class ServerValidation : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options) => options.Problem is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
