using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Storage.Changes;
using PyBase.Storage.Jobs;

namespace PyBase.Storage.Bus;

/// <summary>
/// Publishes what is due in the outbox, then deletes it: at least once, in batches, errors per row. Woken through Redis after a commit; the truth is a look every
/// 250 ms. Any number of them may run: each locks what it takes.
/// </summary>
sealed class OutboxDispatcher(
    NpgsqlDataSource data, ISendEndpointProvider bus, BusOptions options, JobClaims claims, ChangeSignals signals, TimeProvider clock, ILogger<OutboxDispatcher> logger)
    : Pulse(clock, logger)
{
    const int Batch = 200;

    /// <summary>Shorter than any transaction may last, and they all wait at once.</summary>
    static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(3);

    /// <summary>Of the first try: what was on its way over a connection that is lost is never confirmed, and the next is there within a second.</summary>
    static readonly TimeSpan FirstLimit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Sweep = TimeSpan.FromSeconds(2);
    static readonly ActivitySource Source = new("PyBase.Outbox");

    long swept;
    bool isSwept = !options.IsInMemory;

    protected override TimeSpan Poll => TimeSpan.FromMilliseconds(250);

    protected override async Task<IAsyncDisposable?> ListenAsync(Action wake) => await signals.ListenForWorkAsync(wake);

    protected override async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        if (!isSwept)
            await claims.SweepAllAsync(cancellation);
        isSwept = true;
        if (swept == 0)
            swept = Clock.GetTimestamp();
        if (Clock.GetElapsedTime(swept) > Sweep)
        {
            await claims.SweepAsync(cancellation);
            swept = Clock.GetTimestamp();
        }
        return await DispatchAsync(cancellation);
    }

    sealed record Due(long Id, string Job, string Queue, string? Trace, bool IsFirstTry);

    /// <summary>Sends what is due, one batch of it; true when there is more and the broker takes it.</summary>
    async Task<bool> DispatchAsync(CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var due = new List<Due>();
        // Of a process that is paused meanwhile, the messages come free for others.
        await using (var command = new NpgsqlCommand($"""
            set local idle_in_transaction_session_timeout = '15s';
            select o.id, o.job, o.queue, j.trace, o.attempts = 0 from pybase.outbox o join pybase.jobs j on j.id = o.job
            where o.due <= now() order by o.due, o.id limit {Batch} for update of o skip locked
            """, connection, transaction))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                due.Add(new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetBoolean(4)));
        if (due.Count == 0)
            return false;

        // All at once: the broker confirms in batches, and one that is away costs one wait for all of them.
        var errors = await Task.WhenAll(due.Select(message => SendAsync(message, cancellation)));
        var sent = due.Where((_, n) => errors[n] is null).Select(message => message.Id).ToArray();
        await using var outcome = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("delete from pybase.outbox where id = any($1)") { Parameters = { new() { Value = sent } } },
                new("""
                    update pybase.outbox o set attempts = attempts + 1, error = f.error, due = now() + least(interval '30 seconds', interval '250 ms' * power(2, least(attempts, 10)))
                    from unnest($1, $2) f (id, error) where o.id = f.id
                    """)
                {
                    Parameters =
                    {
                        new() { Value = due.Where((_, n) => errors[n] is not null).Select(message => message.Id).ToArray() },
                        new() { Value = errors.OfType<string>().ToArray() },
                    },
                },
            },
        };
        await outcome.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (sent.Length < due.Count)
            Logger.LogWarning("The broker did not take {Count} of {Total} messages; they wait. {Error}", due.Count - sent.Length, due.Count, errors.First(error => error is not null));
        return due.Count == Batch && sent.Length == Batch;
    }

    /// <summary>Null, or why it did not leave.</summary>
    async Task<string?> SendAsync(Due message, CancellationToken cancellation)
    {
        var (_, job, queue, trace, isFirstTry) = message;
        using var activity = Source.StartActivity("outbox publish", ActivityKind.Internal, trace);
        activity?.SetTag("messaging.destination.name", queue);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(isFirstTry ? FirstLimit : SendLimit);
        try
        {
            // To the exchange that the workers' endpoint declared with its quorum queue: a queue declared from here would be of another kind.
            var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{queue}")).WaitAsync(limit.Token);
            await endpoint.Send(new RunJob(job), MustArrive, limit.Token).WaitAsync(limit.Token);
            return null;
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            // One message that cannot leave must not hold the others, whatever the transport threw.
            activity?.SetStatus(ActivityStatusCode.Error, problem.Message);
            return problem.Message;
        }
    }

    /// <summary>Before the first worker has come there is no queue: the broker then gives the message back instead of dropping it.</summary>
    static void MustArrive(SendContext<RunJob> context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
            rabbit.Mandatory = true;
    }
}
