using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using PyBase.ServiceDefaults;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>
/// Whoever makes the first account owns the installation. Where others can reach the server before its owner does, that takes a code
/// which only who reads the server's log knows.
/// </summary>
sealed partial class FirstAccount(IServer server, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<FirstAccount> logger)
    : BackgroundService
{
    /// <summary>True when the first sign-up needs the code.</summary>
    public bool NeedsCode(HttpContext context) => ListensBeyondLoopback || context.Request.WasForwarded();

    bool ListensBeyondLoopback => server.Features.Get<IServerAddressesFeature>()?.Addresses.Any(IsBeyondLoopback) is true;

    /// <summary>Writes the code to the log, unless there is an account.</summary>
    public async Task TellCodeAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<SignUps>().SetupCodeAsync(cancellation) is { } code)
            CodeNeeded(logger, code);
    }

    /// <summary>In the background: a catalog that does not answer yet must not hold up the start.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Only then are the addresses known.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A process that cannot start stops before it has an address.
        if (stoppingToken.IsCancellationRequested || !ListensBeyondLoopback)
            return;
        try
        {
            await TellCodeAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or RetryLimitExceededException)
        {
            // The health check says so too; the code is told when the first sign-up lacks it.
            CatalogMissing(logger, exception.Message);
        }
    }

    /// <summary>A unix socket is where a proxy comes in, so it counts as beyond.</summary>
    internal static bool IsBeyondLoopback(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.IsUnixPipe || binding.IsNamedPipe
            || !(binding.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    [LoggerMessage(1, LogLevel.Warning, "There is no account yet. Whoever makes the first one owns this installation; it takes the set-up code {SetupCode}.")]
    static partial void CodeNeeded(ILogger logger, string setupCode);

    [LoggerMessage(2, LogLevel.Warning, "The catalog cannot be asked whether there is an account: {Message}")]
    static partial void CatalogMissing(ILogger logger, string message);
}
