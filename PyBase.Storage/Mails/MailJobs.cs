using System.Text.Json;
using Npgsql;
using PyBase.Core.Jobs;

namespace PyBase.Storage.Mails;

/// <summary>A mail that has not left.</summary>
public sealed record UnsentMail(string Id, string Template, string To, string State, int Attempts, JobError? Error, DateTimeOffset CreatedTime);

/// <summary>Mails that have not left, for whoever runs the installation.</summary>
public sealed class MailJobs(NpgsqlDataSource data)
{
    const int Page = 100;

    /// <summary>The newest hundred that wait or were given up.</summary>
    public async Task<IReadOnlyList<UnsentMail>> UnsentAsync(CancellationToken cancellation)
    {
        await using var command = data.CreateCommand($"""
            select id, input->>'template', input->>'to', state, attempts, error, created from pybase.jobs
            where base is null and kind = 'email' and state <> 'succeeded' order by created desc, id desc limit {Page}
            """);
        var mails = new List<UnsentMail>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            mails.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4),
                row.IsDBNull(5) ? null : JsonSerializer.Deserialize<JobError>(row.GetString(5), JobJson.Options), row.GetFieldValue<DateTimeOffset>(6)));
        return mails;
    }

    /// <summary>Sends it once more; false when there is none that waits or was given up.</summary>
    public async Task<bool> RetryAsync(string id, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            with again as (update pybase.jobs set state = 'queued', attempts = 0, error = null, owner = null, lease_until = null, finished = null, cancel_requested = false
                where id = $1 and base is null and kind = 'email' and state in ('queued', 'parked') returning id, queue),
            early as (delete from pybase.outbox o using again where o.job = again.id)
            insert into pybase.outbox (job, queue, due) select id, queue, now() from again
            """);
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }
}
