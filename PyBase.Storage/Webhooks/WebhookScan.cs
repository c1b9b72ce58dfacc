using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Webhooks;

namespace PyBase.Storage.Webhooks;

/// <summary>How far a webhook has looked.</summary>
/// <param name="Specification">What it wants.</param>
/// <param name="NextCursor">The cursor of its next payload.</param>
/// <param name="IsDone">It has seen every transaction there is.</param>
public sealed record WebhookProgress(WebhookSpecification Specification, long NextCursor, bool IsDone);

/// <summary>
/// Goes through a base's transactions from where a webhook stopped and gives each that it wants the next cursor. Transactions are numbered in commit order
/// without gaps, and two who look at once take turns, so a cursor stands for one transaction for ever.
/// </summary>
public sealed class WebhookScan(NpgsqlDataSource data, TimeProvider clock)
{
    /// <summary>How long a payload can be asked for.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>Transactions looked at in one go.</summary>
    public const int Step = 2_000;

    /// <summary>Looks at the next transactions; null when there is no such webhook any more.</summary>
    public async Task<WebhookProgress?> AdvanceAsync(string baseId, string webhookId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        WebhookSpecification specification;
        long scanned, next, head;
        await using (var command = new NpgsqlCommand("""
            select h.specification, h.scanned, h.next_cursor, (select number from pybase.transaction_numbers where base = h.base)
            from pybase.webhooks h where base = $1 and id = $2 and expires > $3 for update
            """, connection) { Parameters = { new() { Value = baseId }, new() { Value = webhookId }, new() { Value = now } } })
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            if (!await row.ReadAsync(cancellation))
                return null;
            specification = WebhookSpecification.Read(JsonSerializer.Deserialize<JsonElement>(row.GetString(0)), null).Value;
            (scanned, next, head) = (row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        }
        var until = Math.Min(head, scanned + Step);
        // Who waited for its turn may see an older head than the other one did.
        if (until <= scanned)
            return new WebhookProgress(specification, next, true);

        var found = await FindAsync(connection, baseId, specification, scanned, until, cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("insert into pybase.webhook_payloads (webhook, cursor, number, time) select $1, $2 + n - 1, number, time from unnest($3, $4) with ordinality as v(number, time, n)")
                {
                    Parameters = { new() { Value = webhookId }, new() { Value = next }, new() { Value = found.Select(f => f.Number).ToArray() }, new() { Value = found.Select(f => f.Time).ToArray() } },
                },
                new("update pybase.webhooks set scanned = $2, next_cursor = $3 where id = $1") { Parameters = { new() { Value = webhookId }, new() { Value = until }, new() { Value = next + found.Count } } },
                new("delete from pybase.webhook_payloads where webhook = $1 and time < $2") { Parameters = { new() { Value = webhookId }, new() { Value = now - Retention } } },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new WebhookProgress(specification, next + found.Count, until == head);
    }

    /// <summary>The wanted ones among these transactions; of the log only kinds and names of fields are read.</summary>
    static async Task<List<(long Number, DateTime Time)>> FindAsync(NpgsqlConnection connection, string baseId, WebhookSpecification wanted, long after, long until, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select t.number, t.time, t.source, t.changes, c.table_id, c.kind,
                array(select jsonb_object_keys(case jsonb_typeof(c.body -> 'old') when 'object' then c.body -> 'old' else '{}' end))
                || array(select jsonb_array_elements_text(case jsonb_typeof(c.body -> 'computed') when 'array' then c.body -> 'computed' else '[]' end)) || (c.body ->> 'id')
            from pybase.transactions t
            left join lateral jsonb_each_text(t.versions) v on true
            left join pybase.changes c on c.table_id = v.key and c.version = v.value::bigint and c.time = t.time
            where t.base = $1 and t.number > $2 and t.number <= $3 order by t.number
            """, connection) { Parameters = { new() { Value = baseId }, new() { Value = after }, new() { Value = until } } };
        var found = new List<(long, DateTime)>();
        var last = after;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var number = row.GetInt64(0);
            if (number == last || !wanted.WantsSource(row.IsDBNull(2) ? null : row.GetString(2)) || !IsWanted(row, wanted))
                continue;
            found.Add((number, row.GetDateTime(1)));
            last = number;
        }
        return found;
    }

    static bool IsWanted(NpgsqlDataReader row, WebhookSpecification wanted)
    {
        if (!row.IsDBNull(4) && wanted.Wants(row.GetString(4), row.GetString(5), row.GetFieldValue<string?[]>(6).OfType<string>().ToArray()))
            return true;
        if (row.IsDBNull(3))
            return false;
        using var changes = JsonDocument.Parse(row.GetString(3));
        return changes.RootElement.EnumerateArray().Any(change => wanted.Wants(change.GetText("id")!, change.GetText("kind")!, []));
    }
}
