using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Storage.Changes;
using PyBase.Storage.Jobs;

namespace PyBase.Storage.Bus;

/// <summary>
/// Publishes what is due in the outbox, then deletes it: at least once, in batches, errors per row. Woken through Redis after a commit; the truth is a look every
/// 250 ms. Any number of them may run: each locks what it takes.
/// </summary>
sealed class OutboxDispatcher(NpgsqlDataSource data, ISendEndpointProvider bus, JobClaims claims, ChangeSignals signals, TimeProvider clock, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Sweep = TimeSpan.FromSeconds(2);
    static readonly ActivitySource Source = new("PyBase.Outbox");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wake = new SemaphoreSlim(0, 1);
        await using var listening = await signals.ListenForWorkAsync(() => { try { wake.Release(); } catch (SemaphoreFullException) { } });
        var swept = clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (clock.GetElapsedTime(swept) > Sweep)
                {
                    await claims.SweepAsync(stoppingToken);
                    swept = clock.GetTimestamp();
                }
                while (await DispatchAsync(stoppingToken) == Batch) { }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is NpgsqlException or TimeoutException or OperationCanceledException)
            {
                logger.LogWarning(problem, "The outbox cannot be read; trying again");
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await wake.WaitAsync(Poll, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    const int Batch = 200;

    async Task<int> DispatchAsync(CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var due = new List<(long Id, string Job, string Queue, string? Trace)>();
        await using (var command = new NpgsqlCommand($"""
            select o.id, o.job, o.queue, j.trace from pybase.outbox o join pybase.jobs j on j.id = o.job
            where o.due <= now() order by o.due, o.id limit {Batch} for update of o skip locked
            """, connection, transaction))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                due.Add((row.GetInt64(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)));
        if (due.Count == 0)
            return 0;

        var sent = new List<long>(due.Count);
        foreach (var message in due)
            if (await SendAsync(message.Job, message.Queue, message.Trace, cancellation) is not { } error)
                sent.Add(message.Id);
            else
                await PostponeAsync(connection, transaction, message.Id, error, cancellation);
        await using (var delete = new NpgsqlCommand("delete from pybase.outbox where id = any($1)", connection, transaction) { Parameters = { new() { Value = sent.ToArray() } } })
            await delete.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return due.Count;
    }

    async Task<string?> SendAsync(string job, string queue, string? trace, CancellationToken cancellation)
    {
        using var activity = Source.StartActivity("outbox publish", ActivityKind.Internal, trace);
        activity?.SetTag("messaging.destination.name", queue);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            // To the exchange that the workers' endpoint declared with its quorum queue: a queue declared from here would be of another kind.
            var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
            await endpoint.Send(new RunJob(job), MustArrive, limit.Token);
            return null;
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            // One message that cannot leave must not hold the others, whatever the transport threw.
            logger.LogWarning(problem, "The broker did not take the message for {Job}; it waits", job);
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

    static async Task PostponeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, string error, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            update pybase.outbox set attempts = attempts + 1, error = $2, due = now() + least(interval '30 seconds', interval '250 ms' * power(2, least(attempts, 10))) where id = $1
            """, connection, transaction) { Parameters = { new() { Value = id }, new() { Value = error } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
