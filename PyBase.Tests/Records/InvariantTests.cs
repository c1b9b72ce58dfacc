using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Tests.Changes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>
/// What holds however many write at once through two processes: dense versions, no lost update, links that agree with their table and each other, a log that
/// leads back. Counted in the code, a PATCH of one cell is seven round trips to the database: token, role, schema version; then in the transaction lock (with BEGIN), update with
/// log, rows to show, commit. From lock to the end of the commit there are three.
/// </summary>
[Collection(OnCluster.Name)]
public sealed class InvariantTests(DistributedInstallation installation) : IAsyncLifetime
{
    readonly List<string> left = [];
    readonly List<string> right = [];
    NpgsqlDataSource data = null!;
    BaseInvariants invariants = null!;
    Sheet sheet = null!;
    Person[] people = null!;

    public async ValueTask InitializeAsync()
    {
        data = NpgsqlDataSource.Create(installation.Cluster.ConnectionString);
        sheet = await Sheet.CreateAsync(installation);
        invariants = new BaseInvariants(data, sheet.BaseId);
        people = [sheet.Person, sheet.Person.At(installation.Apis[1])];
        // Links in both directions: Things.Links → Others, and Others.Back → Things.
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Others/fields", $$$"""{"name":"Back","type":"multipleRecordLinks","options":{"linkedTableId":"{{{sheet.Things}}}"}}""");
        for (var i = 0; i < 12; i++)
        {
            left.Add(await sheet.AddAsync(sheet.Things, $$"""{"Name":"0","Count":{{i}}}"""));
            right.Add(await sheet.AddAsync(sheet.Others, """{"Name":"0"}"""));
        }
    }

    public async ValueTask DisposeAsync() => await data.DisposeAsync();

    [Fact]
    public async Task Sixteen_writers_leave_dense_versions_and_links_that_agree()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => WriteAsync(writer, new Random(1000 + writer), 15)));
        await invariants.DenseAsync();
        await invariants.LinksAgreeAsync();
    }

    [Fact]
    public async Task No_update_is_lost_and_what_is_read_back_is_what_was_written()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            for (var i = 0; i < 10; i++)
            {
                var answer = await SendAsync(writer, "PATCH", $"{sheet.PathOf(sheet.Things)}/{left[0]}", $$$"""{"fields":{"Count":{{{1000 * writer + i + 100}}}}}""");
                Assert.Equal((HttpStatusCode.OK, 1000 * writer + i + 100), (answer.Status, (int?)answer.Json["fields"]!["Count"]));
            }
        }));
        // Each old value in the log is the new value of the change before it: nobody wrote over what he had not seen.
        var log = await StringsAsync($"select (body->'old'->>'{await FieldAsync(sheet.Things, "Count")}') from pybase.changes where table_id = '{sheet.Things}' and kind = 'cellsChanged' and body->'ids' ? '{left[0]}' order by version");
        Assert.Equal(160, log.Distinct().Count());
        await invariants.DenseAsync();
    }

    [Fact]
    public async Task The_log_applied_backwards_gives_each_earlier_snapshot()
    {
        var snapshots = new List<(long Version, SortedDictionary<string, JsonNode> Rows)>();
        for (var round = 0; round < 6; round++)
        {
            snapshots.Add((await VersionAsync(), await RowsAsync()));
            await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => WriteAsync(writer, new Random(77 * round + writer), 5)));
        }
        var rows = await RowsAsync();
        foreach (var (version, expected) in Enumerable.Reverse(snapshots))
        {
            foreach (var (kind, body) in await LogAsync(version))
                Undo(rows, kind, body);
            foreach (var row in rows.Values.Concat(expected.Values))
                foreach (var computed in (string[])["_number", "_modified", "_modified_by", await FieldAsync(sheet.Things, "Links"), await FieldAsync(sheet.Things, "Others")])
                    row.AsObject().Remove(computed);
            Assert.Equal(Show(expected), Show(rows));
            await ExecuteAsync($"delete from pybase.changes where table_id = '{sheet.Things}' and version > {version}");
        }
    }

    [Fact]
    public async Task A_refused_write_leaves_no_trace()
    {
        const string all = "select (select count(*) from pybase.transactions) || ' ' || (select count(*) from pybase.changes) || ' ' || (select sum(version) from pybase.table_versions) || ' ' || (select sum(number) from pybase.transaction_numbers) || ' ' || (select sum(schema_version) from pybase.bases)";
        var before = await StringsAsync(all);
        string[] bodies =
        [
            $$$"""{"typecast":true,"records":[{"id":"{{{left[0]}}}","fields":{"State":"Never","Links":["{{{right[0]}}}"]}},{"id":"{{{left[1]}}}","fields":{"Links":["recAAAAAAAAAAAAAA"]}}]}""",
            $$$"""{"typecast":true,"records":[{"id":"{{{left[0]}}}","fields":{"State":"Never"}},{"id":"recAAAAAAAAAAAAAA","fields":{}}]}""",
        ];
        foreach (var body in bodies)
            Assert.NotEqual(HttpStatusCode.OK, (await SendAsync(1, "PATCH", sheet.PathOf(sheet.Things), body)).Status);
        Assert.Equal(before, await StringsAsync(all));
        await invariants.LinksAgreeAsync();
    }

    [Fact]
    public async Task Definitions_change_while_everybody_writes()
    {
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 16).Select(async writer =>
        {
            var random = new Random(writer);
            while (!stop.IsCancellationRequested)
                await WriteAsync(writer, random, 1);
        }).ToArray();
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 8; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            var body = i % 2 == 0 ? $$"""{"name":"New {{i}}","type":"number"}""" : $$$"""{"name":"New {{{i}}}","type":"multipleRecordLinks","options":{"linkedTableId":"{{{sheet.Others}}}"}}""";
            var answer = await SendAsync(i, "POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields", body);
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            // At once known to the other process.
            var used = await SendAsync(i + 1, "PATCH", $"{sheet.PathOf(sheet.Things)}/{left[0]}", $$$"""{"typecast":true,"fields":{"New {{{i}}}":{{{(i % 2 == 0 ? "1" : $"[\"{right[0]}\"]")}}},"State":"Choice {{{i}}}"}}""");
            Assert.True(used.Status == HttpStatusCode.OK, used.Text);
            if (TimeProvider.System.GetElapsedTime(started) is var took && took > slowest)
                slowest = took;
        }
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.True(slowest < TimeSpan.FromSeconds(5), $"A definition waited {slowest}.");
        await invariants.DenseAsync();
        await invariants.LinksAgreeAsync();
    }

    /// <summary>Random writes on both tables, from both ends of both links.</summary>
    async Task WriteAsync(int writer, Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var things = random.Next(2) == 0;
            var (table, ids, far, fields) = things ? (sheet.Things, left, right, (string[])["Links", "Others"]) : (sheet.Others, right, left, ["Back", "Things"]);
            string Cell() => $"[{string.Join(',', random.GetItems(far.ToArray(), random.Next(4)).Select(id => $"\"{id}\""))}]";
            var answer = random.Next(6) switch
            {
                0 => await SendAsync(writer, "PATCH", $"{sheet.PathOf(table)}/{ids[random.Next(12)]}", $$$"""{"fields":{"Name":"{{{writer}}} {{{i}}}"}}"""),
                1 => await SendAsync(writer, "POST", sheet.PathOf(table), $$$"""{"fields":{"Name":"new","{{{fields[0]}}}":{{{Cell()}}}}}"""),
                2 => await DeleteNewAsync(writer, table, random),
                3 => await SendAsync(writer, "PATCH", sheet.PathOf(table), $$$"""{"records":[{{{string.Join(',', random.GetItems(ids.ToArray(), 3).Distinct().Select(id => $$$"""{"id":"{{{id}}}","fields":{"Name":"{{{i}}}","{{{fields[0]}}}":{{{Cell()}}},"{{{fields[1]}}}":{{{Cell()}}}}}"""))}}}]}"""),
                _ => await SendAsync(writer, "PATCH", $"{sheet.PathOf(table)}/{ids[random.Next(12)]}", $$$"""{"fields":{"{{{fields[random.Next(2)]}}}":{{{Cell()}}}}}"""),
            };
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.NotFound, answer.Text);
        }
    }

    async Task<Answer> DeleteNewAsync(int writer, string table, Random random)
    {
        var page = await SendAsync(writer, "GET", sheet.PathOf(table));
        var made = page.Json["records"]!.AsArray().Where(r => (string?)r!["fields"]!["Name"] == "new").ToArray();
        return made.Length == 0 ? page : await SendAsync(writer, "DELETE", $"{sheet.PathOf(table)}/{(string)made[random.Next(made.Length)]!["id"]!}");
    }

    Task<Answer> SendAsync(int writer, string method, string path, string? json = null) => Sheet.SendAsync(people[writer % 2].Client, method, path, json);

    static void Undo(SortedDictionary<string, JsonNode> rows, string kind, JsonNode body)
    {
        var ids = body["ids"]?.AsArray().Select(id => (string)id!).ToArray() ?? [];
        for (var i = 0; i < ids.Length; i++)
            if (kind is "recordsCreated")
                rows.Remove(ids[i]);
            else if (kind is "recordsDeleted")
                rows[ids[i]] = body["rows"]![i]!.DeepClone();
            else if (kind is "cellsChanged" && body["old"] is JsonObject old)
                foreach (var (field, values) in old)
                    rows[ids[i]][field] = values![i]?.DeepClone();
    }

    static IEnumerable<string> Show(SortedDictionary<string, JsonNode> rows) =>
        rows.Values.Select(row => string.Join(", ", row.AsObject().OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value?.ToJsonString()}")));

    async Task<SortedDictionary<string, JsonNode>> RowsAsync() => new((await StringsAsync($"select to_jsonb(t)::text from \"{sheet.BaseId}\".\"{sheet.Things}\" t"))
        .Select(row => JsonNode.Parse(row)!).ToDictionary(row => (string)row["_id"]!), StringComparer.Ordinal);

    async Task<IEnumerable<(string Kind, JsonNode Body)>> LogAsync(long after) =>
        (await StringsAsync($"select kind || ' ' || body::text from pybase.changes where table_id = '{sheet.Things}' and version > {after} order by version desc, position desc"))
        .Select(entry => (entry.Split(' ')[0], JsonNode.Parse(entry[(entry.IndexOf(' ', StringComparison.Ordinal) + 1)..])!));

    async Task<long> VersionAsync() => long.Parse(Assert.Single(await StringsAsync($"select version::text from pybase.table_versions where table_id = '{sheet.Things}'")), System.Globalization.CultureInfo.InvariantCulture);

    async Task<string> FieldAsync(string table, string name) => Assert.Single(await StringsAsync($"select id from pybase.fields where table_id = '{table}' and name = '{name}'"));

    async Task<List<string>> StringsAsync(string sql)
    {
        await using var command = data.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await row.ReadAsync())
            found.Add(row.GetString(0));
        return found;
    }

    async Task ExecuteAsync(string sql)
    {
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
