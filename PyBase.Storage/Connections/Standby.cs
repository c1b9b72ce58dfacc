using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PyBase.Storage.Connections;

/// <summary>
/// The standbys of the database, where there are any. They serve pages and nothing else, and never alone: who may read, and which version is the newest,
/// the primary says. One that fails is left in peace for a while.
/// </summary>
public sealed class Standby(NpgsqlDataSource? source, DatabaseOptions options, TimeProvider clock, ILogger<Standby> logger) : IAsyncDisposable
{
    static readonly TimeSpan Peace = TimeSpan.FromSeconds(5);
    static readonly Meter Meter = new("PyBase.Storage");
    static readonly Counter<long> Pages = Meter.CreateCounter<long>("pybase.standby.pages", "{page}", "Pages asked of a standby: read there, or read from the primary because it was behind or lost.");

    long failed;

    /// <summary>There is one, and it did not fail a moment ago.</summary>
    public bool IsOffered => source is not null && (failed == 0 || clock.GetElapsedTime(failed) > Peace);

    /// <summary>How old a page may be that is not the newest.</summary>
    internal TimeSpan MaxLag => TimeSpan.FromSeconds(options.MaxLagSeconds);

    internal ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => source!.OpenConnectionAsync(cancellation);

    internal void Served()
    {
        failed = 0;
        Count("read");
    }

    internal void WasBehind()
    {
        failed = 0;
        Count("behind");
    }

    /// <summary>It does not answer, or took back what it was asked: its replay has priority, and the next page may well be read there.</summary>
    internal void Failed(Exception reason)
    {
        Count("lost");
        if (reason is PostgresException { SqlState: not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow) })
            return;
        failed = clock.GetTimestamp();
        logger.LogWarning("The standby does not answer; the primary does for the next {Seconds} s. {Reason}", Peace.TotalSeconds, reason.Message);
    }

    static void Count(string outcome) => Pages.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source?.DisposeAsync() ?? default;
}
