using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Core.Queries;
using PyBase.Storage.Queries;
using PyBase.Storage.Schema;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Queries;

/// <summary>Fences follow what is written to their table, by the change log alone, and are those of a fresh count whenever the table rests.</summary>
[Collection(OnCluster.Name)]
public sealed class FenceTests(DistributedInstallation installation) : IAsyncDisposable
{
    readonly NpgsqlDataSource data = NpgsqlDataSource.Create(installation.Cluster.ConnectionString);

    static readonly (string Sort, bool Descending, string? Filter)[] Queries =
    [
        ("", false, null),
        ("Name", false, null),
        ("Count", true, null),
        ("Day", false, """{"fieldId":"Count","operator":">","value":500}"""),
        ("State", true, """{"conjunction":"or","filterSet":[{"fieldId":"Name","operator":"startsWith","value":"M1"},{"fieldId":"Day","operator":"isEmpty"}]}"""),
        ("When", true, """{"fieldId":"Tags","operator":"hasAnyOf","value":["red"]}"""),
    ];

    [Fact]
    public async Task Writers_move_its_posts_and_it_stays_true_without_being_built_again()
    {
        var sheet = await FilledAsync(6_000);
        var fences = new Fences(data, TimeProvider.System);
        var (schema, queries) = await QueriesAsync(sheet);
        foreach (var query in queries)
            Assert.True((await FindAsync(fences, schema, query)).IsExact);
        Assert.Equal(queries.Length, fences.Builds);

        var ids = (await sheet.Person.ListAsync(sheet.BaseId, "Things", "&pageSize=1000&fields[]=Name")).Select(r => (string)r["id"]!).ToArray();
        for (var round = 0; round < 4; round++)
        {
            // Several at once; each has records of its own to take away.
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async hand =>
            {
                var dice = new Random(100 * round + hand);
                await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', Enumerable.Range(0, 200).Select(_ => $$"""{"fields":{{Cells(dice)}}}"""))}}]}""");
                var some = ids.Skip(1_500 * hand).Take(1_400).OrderBy(_ => dice.Next()).Take(30).Distinct().ToArray();
                foreach (var block in some.Chunk(10))
                    await sheet.OkAsync("PATCH", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', block.Select(id => $$"""{"id":"{{id}}","fields":{{Cells(dice)}}}"""))}}]}""");
                var gone = ids[1_500 * hand + 1_400 + round * 20];
                await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{gone}");
                foreach (var query in queries)
                    await FindAsync(fences, schema, query);
            }));
            foreach (var query in Some(queries, round))
                await SameAsFreshAsync(fences, schema, query);
        }
        foreach (var query in queries)
            await SameAsFreshAsync(fences, schema, query);
        Assert.Equal(queries.Length, fences.Builds);
    }

    [Fact]
    public async Task A_table_that_grows_and_is_emptied_keeps_its_posts_apart()
    {
        var sheet = await FilledAsync(1_000);
        var fences = new Fences(data, TimeProvider.System);
        var (schema, queries) = await QueriesAsync(sheet);
        foreach (var query in queries)
            await FindAsync(fences, schema, query);
        for (var n = 0; n < 5; n++)
        {
            await AddAsync(sheet, 1_000, 7 + n);
            await FollowAsync(n);
        }
        foreach (var query in queries)
            await SameAsFreshAsync(fences, schema, query);
        var ids = (await sheet.Person.ListAsync(sheet.BaseId, "Things", "&pageSize=1000&fields[]=Name")).Select(r => (string)r["id"]!).ToArray();
        foreach (var (n, block) in ids.Skip(10).Chunk(1_000).Index())
        {
            await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}?{string.Join('&', block.Select(id => "records[]=" + id))}");
            await FollowAsync(n);
        }
        foreach (var query in queries)
            await SameAsFreshAsync(fences, schema, query);
        Assert.Equal(queries.Length, fences.Builds);
        Assert.All(queries, query => Assert.InRange(FindAsync(fences, schema, query).Result.Fence!.Posts.Count, 0, 1));

        async Task FollowAsync(int round)
        {
            foreach (var query in queries)
                await FindAsync(fences, schema, query);
            foreach (var query in Some(queries, round))
                await SameAsFreshAsync(fences, schema, query);
        }
    }

    /// <summary>To count all of them at each step takes a minute; each has its turn.</summary>
    static IEnumerable<RecordQuery> Some(RecordQuery[] queries, int round) => [queries[2 * round % queries.Length], queries[(2 * round + 1) % queries.Length]];

    [Fact]
    public async Task What_the_log_does_not_tell_is_counted_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var sheet = await FilledAsync(1_200);
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields", """{"name":"Double","type":"formula","options":{"formula":"{Count} * 2"}}""");
        var fences = new Fences(data, TimeProvider.System);
        var schema = (await new SchemaStore(data).FindAsync(sheet.BaseId, cancellation))!;
        var table = schema.Find("Things")!;
        var query = new RecordQuery(table, [], false, [new Sort(table.Find("Double")!, false)], 100, null, long.MaxValue);
        await SameAsFreshAsync(fences, schema, query);
        var id = (string)(await sheet.OkAsync("GET", sheet.PathOf("Things") + "?pageSize=1"))["records"]![0]!["id"]!;
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Count":100000}}""");
        await SameAsFreshAsync(fences, schema, query);
        Assert.Equal(2, fences.Builds);
        // What it does not look at moves nothing.
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Notes":"x"}}""");
        await SameAsFreshAsync(fences, schema, query);
        Assert.Equal(2, fences.Builds);
    }

    /// <summary>The fence has the total and the places of one that is built from the rows as they are.</summary>
    async Task SameAsFreshAsync(Fences fences, PyBase.Core.Schema.BaseSchema schema, RecordQuery query)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var patience = 0;
        (Fence? Fence, bool IsExact) found;
        while (!(found = await FindAsync(fences, schema, query)).IsExact)
        {
            Assert.True(++patience < 100, "The fence is still of an older version.");
            await Task.Delay(20, cancellation);
        }
        var fresh = (await FindAsync(new Fences(data, TimeProvider.System), schema, query)).Fence!;
        Assert.Equal(fresh.Total, found.Fence!.Total);
        Assert.All(found.Fence.Posts, post => Assert.InRange(post.Rows, 1, 2 * Fence.Step));
        for (var start = 0L; start < fresh.Total; start += 1_487)
            Assert.Equal((start, await NumberAsync(schema, fresh.Start(query, start))), (start, await NumberAsync(schema, found.Fence.Start(query, start))));
    }

    async Task<(Fence? Fence, bool IsExact)> FindAsync(Fences fences, PyBase.Core.Schema.BaseSchema schema, RecordQuery query)
    {
        await using var version = data.CreateCommand($"select version from pybase.table_versions where table_id = '{query.Table.Id}'");
        return await fences.FindAsync(schema, query, (long)(await version.ExecuteScalarAsync())!, mustHave: true, TestContext.Current.CancellationToken);
    }

    async Task<long> NumberAsync(PyBase.Core.Schema.BaseSchema schema, RecordQuery query)
    {
        await using var connection = await data.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { PageSql.Compile(schema, query, TimeProvider.System.GetUtcNow(), 1) } };
        return (long)(await batch.ExecuteScalarAsync())!;
    }

    async Task<(PyBase.Core.Schema.BaseSchema, RecordQuery[])> QueriesAsync(Sheet sheet)
    {
        var schema = (await new SchemaStore(data).FindAsync(sheet.BaseId, TestContext.Current.CancellationToken))!;
        var table = schema.Find("Things")!;
        return (schema, [.. Queries.Select(q => new RecordQuery(table, [], false, q.Sort == "" ? [] : [new Sort(table.Find(q.Sort)!, q.Descending)], 100, null, long.MaxValue)
        {
            Filter = q.Filter is null ? null : new FilterScope(table, TimeZoneInfo.Utc).Read(System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(q.Filter)).Value,
        })]);
    }

    async Task<Sheet> FilledAsync(int count)
    {
        var sheet = await Sheet.CreateAsync(installation);
        for (var n = 0; n < count; n += 1_000)
            await AddAsync(sheet, Math.Min(1_000, count - n), n);
        return sheet;
    }

    static Task<JsonNode> AddAsync(Sheet sheet, int count, int seed)
    {
        var dice = new Random(seed);
        return sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', Enumerable.Range(0, count).Select(_ => $$"""{"fields":{{Cells(dice)}}}"""))}}]}""");
    }

    /// <summary>Few values, so that many rows are alike; some cells are empty.</summary>
    static string Cells(Random dice) => new JsonObject
    {
        ["Name"] = dice.Next(4) == 0 ? null : $"M{dice.Next(30)}",
        ["Count"] = dice.Next(5) == 0 ? null : dice.Next(1_000) / 10.0 * dice.Next(20),
        ["Day"] = dice.Next(3) == 0 ? null : $"2026-0{dice.Next(1, 9)}-1{dice.Next(9)}",
        ["State"] = dice.Next(3) switch { 0 => null, 1 => "Open", _ => "Closed" },
        ["Tags"] = dice.Next(2) == 0 ? null : new JsonArray(dice.Next(2) == 0 ? "red" : "green, light"),
        ["When"] = dice.Next(3) == 0 ? null : $"2026-01-1{dice.Next(9)}T0{dice.Next(9)}:00:00.{dice.Next(100, 999)}Z",
        ["Notes"] = "n",
    }.ToJsonString();

    public ValueTask DisposeAsync() => data.DisposeAsync();
}
