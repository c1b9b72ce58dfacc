using System.Data;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Core.Webhooks;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Webhooks;

/// <summary>Where a list of payloads ends.</summary>
public sealed record PayloadPage(long Cursor, bool MightHaveMore);

/// <summary>
/// Payloads of a webhook, made when they are asked for: what happened is in transactions and log, what cells held right after it follows from the rows of now
/// and what the log says about later changes.
/// </summary>
public sealed class PayloadReader(NpgsqlDataSource data, WebhookScan scan, SchemaStore schemas, BasePeople people, TimeProvider clock)
{
    /// <summary>Most payloads of a page, as in Airtable.</summary>
    public const int MaxPage = 50;

    /// <summary>A page ends early after so many records.</summary>
    const int MaxRecords = 5_000;

    /// <summary>Steps of the scan that one request makes.</summary>
    const int MaxSteps = 10;

    /// <summary>Writes payloads from <paramref name="cursor"/> on as array elements, and lets the webhook live another week. Null when there is no such webhook.</summary>
    public async Task<PayloadPage?> WriteAsync(string baseId, string webhookId, long cursor, int limit, CellFormat format, Utf8JsonWriter json, CancellationToken cancellation)
    {
        WebhookProgress? progress = null;
        for (var step = 0; step < MaxSteps; step++)
        {
            progress = await scan.AdvanceAsync(baseId, webhookId, cancellation);
            if (progress is null)
                return null;
            if (progress.IsDone || progress.NextCursor > cursor + limit)
                break;
        }
        await KeepAliveAsync(webhookId, cancellation);
        if (await schemas.FindAsync(baseId, cancellation) is not { } schema)
            return null;

        await using var connection = await data.OpenConnectionAsync(cancellation);
        // One snapshot, so that the rows of now and the log of how they came about belong together.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var facts = await FactsAsync(connection, baseId, webhookId, progress!.Specification, cursor, limit + 1, cancellation);
        var more = facts.Count > limit || !progress.IsDone;
        var shown = Bounded(facts.Take(limit));
        more |= shown.Count < Math.Min(facts.Count, limit);
        var history = await HistoryAsync(connection, baseId, schema, shown, cancellation);
        var actors = await people.FindAsync(baseId, shown.Select(f => f.Actor).OfType<string>(), cancellation);
        var writer = new PayloadWriter(json, schema, progress.Specification, new CellRenderer(connection, schema, format));
        foreach (var payload in shown)
            await writer.WriteAsync(payload, payload.Actor is { } actor ? actors.GetValueOrDefault(actor) : null, history, cancellation);
        return new PayloadPage(shown.Count > 0 ? shown[^1].Cursor + 1 : Math.Max(cursor, progress.IsDone ? progress.NextCursor : cursor), more);
    }

    static List<PayloadFacts> Bounded(IEnumerable<PayloadFacts> facts)
    {
        var (shown, records) = (new List<PayloadFacts>(), 0);
        foreach (var payload in facts)
        {
            if ((records += payload.RecordCount) > MaxRecords && shown.Count > 0)
                break;
            shown.Add(payload);
        }
        return shown;
    }

    async Task KeepAliveAsync(string webhookId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("update pybase.webhooks set expires = $2 where id = $1 and expires < $2 - interval '1 minute'");
        command.Parameters.Add(new() { Value = webhookId });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() + WebhookStore.Life });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    async Task<List<PayloadFacts>> FactsAsync(NpgsqlConnection connection, string baseId, string webhookId, WebhookSpecification wanted, long cursor, int limit, CancellationToken cancellation)
    {
        // Of deleted rows only the ids: they can be large.
        await using var command = new NpgsqlCommand("""
            select p.cursor, t.number, t.time, t.actor, t.source, t.changes, c.table_id, c.version, c.kind, c.body - 'rows', v.key
            from (select * from pybase.webhook_payloads where webhook = $2 and cursor >= $3 and time >= $4 order by cursor limit $5) p
            join pybase.transactions t on t.base = $1 and t.number = p.number and t.time = p.time
            left join lateral jsonb_each_text(t.versions) v on true
            left join pybase.changes c on c.table_id = v.key and c.version = v.value::bigint and c.time = t.time
            order by p.cursor, c.table_id, c.position
            """, connection)
        {
            Parameters = { new() { Value = baseId }, new() { Value = webhookId }, new() { Value = cursor }, new() { Value = clock.GetUtcNow() - WebhookScan.Retention }, new() { Value = limit } },
        };
        var facts = new List<PayloadFacts>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (facts.Count == 0 || facts[^1].Cursor != row.GetInt64(0))
                facts.Add(new PayloadFacts(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
                    row.IsDBNull(5) ? [] : [.. ReadBase(row.GetString(5)).Where(change => wanted.Wants(change.Id, change.Kind, []))]));
            if (row.IsDBNull(6))
            {
                if (!row.IsDBNull(10))
                    facts[^1].Lost.Add(row.GetString(10));
                continue;
            }
            var (table, body) = (row.GetString(6), JsonSerializer.Deserialize<JsonElement>(row.GetString(9)));
            if (!wanted.Wants(table, row.GetString(8), FieldsOf(body)))
                continue;
            if (!facts[^1].Tables.TryGetValue(table, out var of))
                facts[^1].Tables[table] = of = new TableFacts(row.GetInt64(7));
            of.Add(row.GetString(8), body);
        }
        return facts;
    }

    static IReadOnlyCollection<string> FieldsOf(JsonElement body) =>
    [
        .. body.TryGet("old", out var old) && old.ValueKind is JsonValueKind.Object ? old.EnumerateObject().Select(p => p.Name) : [],
        .. body.TryGetList("computed", out var computed) ? computed.Select(field => field.GetString()!) : [],
        .. body.GetText("id") is { } id ? (string[])[id] : [],
    ];

    static IEnumerable<(string Kind, string Id)> ReadBase(string json)
    {
        using var changes = JsonDocument.Parse(json);
        return [.. changes.RootElement.EnumerateArray().Select(change => (change.GetText("kind")!, change.GetText("id")!))];
    }

    /// <summary>Table → version → records as they were; a version is missing when the log does not reach back to it, a table when it is gone.</summary>
    static async Task<Dictionary<string, Dictionary<long, Dictionary<string, StoredRow>>>> HistoryAsync(NpgsqlConnection connection, string baseId, BaseSchema schema, List<PayloadFacts> payloads, CancellationToken cancellation)
    {
        var history = new Dictionary<string, Dictionary<long, Dictionary<string, StoredRow>>>();
        foreach (var table in payloads.SelectMany(payload => payload.Tables).Where(t => t.Value.Shown.Count > 0 && schema.Tables.Any(known => known.Id == t.Key)).GroupBy(t => t.Key))
            history[table.Key] = await TableHistory.ReadAsync(connection, baseId, table.Key, table.ToDictionary(t => t.Value.Version, t => t.Value.Shown), cancellation);
        return history;
    }
}
