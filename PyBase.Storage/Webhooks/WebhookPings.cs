using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Jobs;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Webhooks;

/// <summary>Where and for what a webhook is to be rung.</summary>
/// <param name="Base">The base that changed.</param>
/// <param name="Url">The address.</param>
/// <param name="Cursor">Payloads below this one are told of by the ring.</param>
/// <param name="Failures">Tries of this ring that failed.</param>
public sealed record PingTarget(string Base, string Url, long Cursor, int Failures);

/// <summary>A try to ring at an address.</summary>
/// <param name="Id">The ring, as it stands in the header <c>PyBase-Delivery</c>.</param>
/// <param name="Try">Which try of it, from 1.</param>
/// <param name="Status">What the server there answered; 0 when it did not.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="NextTryTime">When it is tried again.</param>
/// <param name="Time">When it ended.</param>
public sealed record WebhookDelivery(string Id, int Try, int Status, string? Error, int DurationMs, DateTimeOffset? NextTryTime, DateTimeOffset Time);

/// <summary>Rings of webhooks: one at a time for each, for everything since the last that was heard.</summary>
public sealed class WebhookPings(NpgsqlDataSource data, WebhookScan scan, ChangeSignals signals, TimeProvider clock)
{
    const int Batch = 100;

    static readonly JsonSerializerOptions WithoutNulls = new(JobJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    const string Ringing = "h.notification_url is not null and h.are_notifications_enabled and h.is_hook_enabled and h.expires > $1";

    /// <summary>Looks at what happened since, and leaves a job for each webhook that has something to tell; true when there may be more.</summary>
    public async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        var (behind, waiting) = (new List<(string Base, string Id)>(), 0);
        await using (var command = data.Command($"""
            select h.base, h.id, h.scanned < n.number from pybase.webhooks h join pybase.transaction_numbers n on n.base = h.base join pybase.bases b on b.id = h.base and b.state = 'open'
            where {Ringing} and (h.scanned < n.number or h.notified_cursor < h.next_cursor) order by h.scanned >= n.number limit {Batch}
            """, clock.GetUtcNow()))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                if (row.GetBoolean(2))
                    behind.Add((row.GetString(0), row.GetString(1)));
                else
                    waiting++;
        // This is looked at after every commit.
        if (behind.Count + waiting == 0)
            return false;
        var isMore = behind.Count == Batch;
        foreach (var (baseId, id) in behind)
            isMore |= await scan.AdvanceAsync(baseId, id, cancellation) is { IsDone: false };
        await using var ring = data.Command($"""
            with pings as (
                insert into pybase.jobs (id, base, kind, queue, state, input, created_by, created)
                select 'job' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 14), h.base, '{JobKind.Ping}', '{Queues.Webhooks}', 'queued', jsonb_build_object('webhook', h.id), h.created_by, now()
                from pybase.webhooks h join pybase.bases b on b.id = h.base and b.state = 'open' where {Ringing} and h.notified_cursor < h.next_cursor
                  and not exists (select from pybase.jobs j where j.kind = 'ping' and j.input ->> 'webhook' = h.id and j.state in ('queued', 'running'))
                on conflict do nothing returning id, queue)
            insert into pybase.outbox (job, queue, due) select id, queue, now() from pings
            """, clock.GetUtcNow());
        if (await ring.ExecuteNonQueryAsync(cancellation) > 0)
            signals.PublishWork();
        return isMore;
    }

    /// <summary>Where a job is to ring; null when nobody wants it any more.</summary>
    public async Task<PingTarget?> FindAsync(string job, string webhook, CancellationToken cancellation)
    {
        await using var command = data.Command($"""
            select h.base, h.notification_url, h.next_cursor, (select count(*)::int from pybase.webhook_deliveries where job = $3) from pybase.webhooks h where h.id = $2 and {Ringing}
            """, clock.GetUtcNow(), webhook, job);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new PingTarget(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt32(3)) : null;
    }

    /// <summary>Notes how a try went; a webhook whose last try failed is rung no more.</summary>
    public async Task NoteAsync(string webhook, PingTarget target, WebhookDelivery delivery, CancellationToken cancellation)
    {
        var isLast = delivery.Error is not null && delivery.NextTryTime is null;
        var result = JsonSerializer.Serialize(new
        {
            success = delivery.Error is null, completionTimestamp = delivery.Time, durationMs = delivery.DurationMs, retryNumber = delivery.Try - 1,
            error = delivery.Error is { } message ? new { message } : null, willBeRetried = delivery.Error is null ? (bool?)null : !isLast,
        }, WithoutNulls);
        await using var batch = data.CreateBatch();
        batch.Add("""
            insert into pybase.webhook_deliveries (job, try, webhook, status, error, duration_ms, next_try, time) select $1, $2, id, $4, $5, $6, $7, $8 from pybase.webhooks where id = $3 on conflict do nothing
            """, delivery.Id, delivery.Try, webhook, delivery.Status, new NpgsqlParameter { Value = (object?)delivery.Error ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, delivery.DurationMs,
            new NpgsqlParameter { Value = (object?)delivery.NextTryTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz }, delivery.Time);
        batch.Add("""
            update pybase.webhooks set last_notification = $2, is_hook_enabled = is_hook_enabled and not $3, last_success = case when $4 then $5 else last_success end,
                notified_cursor = case when $4 then greatest(notified_cursor, $6) else notified_cursor end where id = $1
            """, webhook, new NpgsqlParameter { Value = result, NpgsqlDbType = NpgsqlDbType.Jsonb }, isLast, delivery.Error is null, delivery.Time, target.Cursor);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The newest hundred tries of a webhook.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> ListAsync(string baseId, string webhook, CancellationToken cancellation)
    {
        await using var command = data.Command("""
            select d.job, d.try, d.status, d.error, d.duration_ms, d.next_try, d.time from pybase.webhook_deliveries d join pybase.webhooks h on h.id = d.webhook
            where h.base = $1 and h.id = $2 order by d.time desc, d.try desc limit 100
            """, baseId, webhook);
        var deliveries = new List<WebhookDelivery>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            deliveries.Add(new(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt32(4),
                row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6)));
        return deliveries;
    }

    /// <summary>Rings once more: at once where one waits for its next try, and also where ringing was given up. False when there is no such webhook with an address.</summary>
    public async Task<bool> AgainAsync(string baseId, string webhook, CancellationToken cancellation)
    {
        await using var batch = data.CreateBatch();
        batch.Add("""
            update pybase.webhooks set is_hook_enabled = true, notified_cursor = least(notified_cursor, next_cursor - 1)
            where base = $1 and id = $2 and notification_url is not null and are_notifications_enabled and expires > $3
            """, baseId, webhook, clock.GetUtcNow());
        batch.Add("update pybase.outbox set due = now() where job in (select id from pybase.jobs where kind = 'ping' and input ->> 'webhook' = $1 and state = 'queued')", webhook);
        await batch.ExecuteNonQueryAsync(cancellation);
        signals.PublishWork();
        return batch.BatchCommands[0].RecordsAffected == 1;
    }
}
