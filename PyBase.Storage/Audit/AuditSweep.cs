using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace PyBase.Storage.Audit;

/// <summary>Settings of the audit log, section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>How long entries are kept, a year by default.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);
}

/// <summary>Takes old entries out of the audit log, some thousands at a time, so that nobody waits for it.</summary>
public sealed class AuditSweep(NpgsqlDataSource data, TimeProvider clock, IOptions<AuditOptions> options, ILogger<AuditSweep> logger) : RareSweep(clock, logger)
{
    const int Chunk = 5_000;

    /// <summary>Sweeps once; how many went.</summary>
    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        for (var gone = 0L; ;)
        {
            await using var command = data.CreateCommand($"delete from pybase.audit where number = any(array(select number from pybase.audit where time < $1 order by time limit {Chunk}))");
            command.Parameters.Add(new() { Value = Clock.GetUtcNow() - options.Value.Retention });
            var some = await command.ExecuteNonQueryAsync(cancellation);
            gone += some;
            if (some < Chunk)
                return gone;
        }
    }

    /// <inheritdoc/>
    protected override Task SweepAsync(CancellationToken cancellation) => RunAsync(cancellation);
}
