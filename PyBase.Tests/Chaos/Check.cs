using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Tests.Changes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>Compares what clients were told with what is there when everything is well and quiet again, record by record.</summary>
sealed class Check(Desk desk, Journal journal, Verdict verdict) : IAsyncDisposable
{
    // Connections of a pool would be those to a server that died.
    readonly NpgsqlDataSource data = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(desk.Cluster.ConnectionString) { Pooling = false });
    readonly Dictionary<string, (long Version, Dictionary<string, JsonObject> Rows)> fresh = [];
    readonly Dictionary<string, BaseInvariants.Snapshot> before = [];

    BaseInvariants Invariants => new(data, desk.Base);

    /// <summary>Before anything happens: from here the log has to lead back to.</summary>
    public async Task RememberAsync()
    {
        foreach (var table in Desk.Tables)
            before[table] = await Invariants.SnapshotAsync(desk[table]);
    }

    /// <summary>Waits until nothing is computed behind any more, and reads everything.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        await ComputedWholeAsync(cancellation);
        foreach (var table in Desk.Tables)
            fresh[table] = await desk.LoadAsync(table);
    }

    /// <summary>Large tables are computed behind those who write.</summary>
    async Task ComputedWholeAsync(CancellationToken cancellation)
    {
        await using var stale = data.CreateCommand("select exists (select from pybase.stale)");
        await Wait.UntilAsync(async () => await stale.ExecuteScalarAsync(cancellation) is false, seconds: 300);
    }

    /// <summary>1: what was acknowledged is there, and what was refused is not.</summary>
    public void Writes(IReadOnlyCollection<Row> rows, IReadOnlySet<string> imported)
    {
        foreach (var odd in journal.Odd)
            verdict.Wrongly(1, odd);
        var known = rows.ToDictionary(r => r.Id);
        foreach (var row in rows)
        {
            if (!fresh[row.Table].Rows.TryGetValue(row.Id, out var cells))
            {
                verdict.Must(row.IsDeleted || row.PerhapsDeleted, 1, () => $"{row.Name} ({row.Id} of {row.Table}) was acknowledged and is gone");
                continue;
            }
            verdict.Must(!row.IsDeleted, 1, () => $"{row.Name} ({row.Id} of {row.Table}) was deleted and is there");
            var number = (int?)cells[desk[$"{row.Table}.Number"]];
            verdict.Must(number == row.Number || (number is not null && number == row.PerhapsNumber), 1, () => $"{row.Name} holds {number}, was told {row.Number}, perhaps {row.PerhapsNumber}");
            verdict.Must((string?)cells[desk[$"{row.Table}.Name"]] == row.Name, 1, () => $"{row.Id} is not {row.Name}");
            if (row.Table != "Orders")
                continue;
            string[] items = [.. (cells[desk["Orders.Items"]] as JsonArray ?? []).Select(i => (string)i!)];
            verdict.Must(items.SequenceEqual(row.Items) || (row.PerhapsItems is { } perhaps && items.SequenceEqual(perhaps)), 1, () => $"{row.Name} links {string.Join(' ', items)}, was told {string.Join(' ', row.Items)}");
        }
        foreach (var table in Desk.Tables)
            foreach (var (id, cells) in fresh[table].Rows.Where(r => !known.ContainsKey(r.Key)))
                if ((string?)cells[desk[$"{table}.Name"]] is not { } name || !(journal.Unanswered.ContainsKey(name) || imported.Contains(name[..Math.Max(0, name.LastIndexOf('-'))])))
                    verdict.Wrongly(1, $"{id} of {table} ({cells[desk[$"{table}.Name"]]}) is there and nobody was told");
        foreach (var name in Desk.Tables.SelectMany(t => fresh[t].Rows.Values.Select(c => (string?)c[desk[$"{t}.Name"]])).OfType<string>().GroupBy(n => n))
        {
            verdict.Must(name.Count() == 1, 1, () => $"{name.Key} is there {name.Count()} times");
            verdict.Must(!journal.Refused.ContainsKey(name.Key), 1, () => $"{name.Key} was refused and is there");
        }
        verdict.Count(1, "acknowledged writes", journal.Writes.Count);
        verdict.Count(1, "refused writes", journal.Refused.Count);
        verdict.Count(1, "unanswered writes", journal.Count(Outcome.Unanswered, "create", "update", "link", "delete"));
        verdict.Count(1, "records", rows.Count);
    }

    /// <summary>2: versions are dense, each acknowledged write stands in the version that it was told, and the log leads back to the beginning.</summary>
    public async Task LogAsync(Shown shown)
    {
        await verdict.AssertAsync(2, "dense", Invariants.DenseAsync);
        var log = new Dictionary<(string, long), (HashSet<string> Ids, DateTime Time)>();
        await using (var command = data.CreateCommand($"select table_id, version, time, coalesce(body -> 'ids', '[]')::text from pybase.changes where base = '{desk.Base}'"))
        await using (var row = await command.ExecuteReaderAsync())
            while (await row.ReadAsync())
            {
                var (key, time) = ((row.GetString(0), row.GetInt64(1)), row.GetDateTime(2));
                if (!log.TryGetValue(key, out var entry))
                    log[key] = entry = ([], time);
                verdict.Must(entry.Time == time, 2, () => $"{key} is the version of two transactions");
                entry.Ids.UnionWith(JsonSerializer.Deserialize<string[]>(row.GetString(3))!);
            }
        foreach (var write in journal.Writes)
            verdict.Must(log.TryGetValue((write.Table, write.Version), out var entry) && entry.Ids.Contains(write.Record), 2, () => $"{write.Record} was acknowledged as {write.Table}={write.Version}, which the log does not have");
        foreach (var table in Desk.Tables)
            await verdict.AssertAsync(2, $"the log of {table}", () => Invariants.LeadsBackAsync(desk[table], before[table]));
        verdict.Count(2, "versions", log.Count);
        foreach (var (table, from, version, record) in shown.Records)
        {
            var has = false;
            for (var v = from; v <= version && !has; v++)
                has = log.TryGetValue((table, v), out var entry) && entry.Ids.Contains(record);
            verdict.Must(has, 4, () => $"{record} was shown as a change of {table}={version}, which it is not");
        }
        verdict.Count(4, "records of events", shown.Records.Count);
    }

    /// <summary>3: each computed field, made once more beside itself, is the same; so are links and their other ends.</summary>
    public async Task ComputedAsync()
    {
        await verdict.AssertAsync(3, "links", Invariants.LinksAgreeAsync);
        foreach (var (name, type, options) in Desk.Computed)
            await desk.Board.AddAsync($"{name} again", type, options);
        await ComputedWholeAsync(CancellationToken.None);
        var cells = 0;
        foreach (var table in Desk.Tables)
        {
            var (_, rows) = await desk.LoadAsync(table);
            foreach (var (name, _, _) in Desk.Computed.Where(f => f.Name.StartsWith(table + ".", StringComparison.Ordinal)))
                foreach (var (id, row) in rows)
                {
                    cells++;
                    verdict.Must(JsonNode.DeepEquals(row[desk[name]], row[desk[$"{name} again"]]), 3, () => $"{name} of {id}: stored {row[desk[name]]}, from scratch {row[desk[$"{name} again"]]}");
                }
        }
        verdict.Count(3, "computed cells", cells);
    }

    /// <summary>4: each subscriber holds the rows of a fresh load.</summary>
    public async Task SubscribersAsync(IReadOnlyCollection<Subscriber> subscribers, Shown shown)
    {
        foreach (var subscriber in subscribers)
            verdict.Must(await subscriber.ReachAsync(fresh[subscriber.Table].Version, TimeSpan.FromSeconds(30)), 4, () => $"A subscriber of {subscriber.Table} is at {subscriber.Mirror?.Version}, not at {fresh[subscriber.Table].Version}");
        await Task.WhenAll(subscribers.Select(s => s.StopAsync()));
        foreach (var subscriber in subscribers.Where(s => s.Mirror is not null))
            await verdict.AssertAsync(4, $"A subscriber of {subscriber.Table}", () => subscriber.Mirror!.CheckAsync(fresh[subscriber.Table], TimeSpan.Zero));
        verdict.Count(4, "subscribers", subscribers.Count);
        verdict.Count(4, "reconnects", subscribers.Sum(s => s.Reconnects));
        verdict.Count(4, "messages", shown.Messages);
    }

    /// <summary>6: each acknowledged job comes to its end, and what it does is done once.</summary>
    public async Task JobsAsync(IReadOnlyCollection<AskedJob> asked, IReadOnlyDictionary<string, string[]> mails)
    {
        var parked = 0;
        foreach (var job in asked.Where(j => j.Kind != "invitation"))
            await verdict.AssertAsync(6, job.Mark, async () =>
            {
                var ended = await desk.Owner.EndOfAsync(new JsonObject { ["id"] = job.Id }, TimeSpan.FromSeconds(90));
                if ((string)ended["state"]! == "parked")
                {
                    // Not dropped: it is where people see it, and goes on when they say so.
                    parked++;
                    await desk.Owner.PostAsync($"/api/jobs/{job.Id}/retry", new { });
                    ended = await desk.Owner.EndOfAsync(ended, TimeSpan.FromSeconds(90));
                }
                Assert.True((string)ended["state"]! == "succeeded", ended.ToJsonString());
                if (job.Kind is "export" or "comparison" or "parts-list")
                    await FileAsync(ended);
            });
        await TablesAsync([.. asked.Where(j => j.Kind == "extraction")]);
        var rows = (await desk.LoadAsync("Notes")).Rows.Values.Select(c => (string?)c[desk["Notes.Name"]]).OfType<string>().GroupBy(n => n).ToDictionary(n => n.Key, n => n.Count());
        foreach (var job in asked.Where(j => j.Kind == "import"))
            for (var n = 0; n < JobClient.Rows; n++)
                verdict.Must(rows.GetValueOrDefault($"{job.Mark}-{n}") == 1, 6, () => $"Row {n} of {job.Mark} is there {rows.GetValueOrDefault($"{job.Mark}-{n}")} times");
        foreach (var job in asked.Where(j => j.Kind == "invitation"))
        {
            var ids = mails.GetValueOrDefault($"{job.Mark}@example.org") ?? [];
            verdict.Must(ids.Length > 0 && ids.Distinct().Count() == 1, 6, () => $"{job.Mark} has the mails {string.Join(' ', ids)}");
        }
        foreach (var kind in asked.GroupBy(j => j.Kind).OrderBy(k => k.Key))
            verdict.Count(6, $"{kind.Key} jobs", kind.Count());
        verdict.Count(6, "of them parked and retried", parked);
    }

    async Task FileAsync(JsonNode job)
    {
        using var file = await desk.Owner.Client.GetAsync($"/api/jobs/{(string)job["id"]!}/file");
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal((long)job["result"]!["file"]!["size"]!, (await file.Content.ReadAsByteArrayAsync()).LongLength);
    }

    /// <summary>Each drop of a gearbox made its tables once: four parts, three lines.</summary>
    async Task TablesAsync(AskedJob[] drops)
    {
        foreach (var inBase in drops.GroupBy(d => d.Base))
        {
            var tables = (await desk.Owner.GetAsync($"/v0/meta/bases/{inBase.Key}/tables"))["tables"]!.AsArray().ToLookup(t => (string)t!["name"]!, t => (string)t!["id"]!);
            foreach (var drop in inBase)
                foreach (var (role, count) in new[] { ("parts", 4 * drop.Copies), ("assembly", 3 * drop.Copies) })
                {
                    string[] made = [.. tables.Where(t => t.Key.StartsWith($"{drop.Mark} {role}", StringComparison.Ordinal)).SelectMany(t => t)];
                    verdict.Must(made.Length == 1, 6, () => $"{drop.Mark} made {made.Length} tables of {role}");
                    foreach (var table in made)
                    {
                        var rows = (await desk.Owner.ListAsync(inBase.Key, table, "&pageSize=1000")).Count;
                        verdict.Must(rows == count, 6, () => $"{drop.Mark} made {rows} rows of {role}, not {count}");
                    }
                }
        }
    }

    public ValueTask DisposeAsync() => data.DisposeAsync();
}
