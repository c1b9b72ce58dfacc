using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Jobs;
using PyBase.Tests.Support;

namespace PyBase.Tests.Imports;

/// <summary>Imports whose worker is killed, and imports that somebody stops.</summary>
[Collection(OnCluster.Name)]
public sealed class ImportDeathTests(DistributedInstallation installation)
{
    /// <summary>Three transactions of rows that only come.</summary>
    const int Rows = 12_000;

    [Fact]
    public async Task Rows_of_a_killed_worker_are_there_once_and_those_of_a_cancelled_import_are_not()
    {
        var file = Encoding.UTF8.GetBytes("Name,Number\n" + string.Concat(Enumerable.Range(0, Rows).Select(n => $"row {n},{n}\n")));
        await using var writing = await WritingJob.StartAsync(installation.Cluster, (person, baseId) => person.ImportAsync(baseId, "rows.csv", file));
        var (person, baseId) = (writing.Person, writing.Base);
        var killed = await writing.KillWorkerAsync();
        var ended = await writing.EndAsync();
        await killed.StartAsync(TestContext.Current.CancellationToken);
        Assert.True((string?)ended["state"] == "succeeded", ended.ToJsonString());
        Assert.True(ended["attempts"]!.GetValue<int>() >= 2, "the job was taken twice");
        Assert.Equal(Rows, (int)ended["result"]!["tables"]![0]!["created"]!);
        var table = (string)ended["result"]!["tables"]![0]!["id"]!;
        Assert.Equal(Rows, await CountAsync(person, baseId, table));

        // Into the same table by key: every other row is changed, every other comes new, and then somebody thinks better of it.
        var fields = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!["fields"]!.AsArray().Select(f => (string)f!["id"]!).ToArray();
        var more = Encoding.UTF8.GetBytes("Name,Number\n" + string.Concat(Enumerable.Range(0, 1_500).Select(n => $"row {n},-1\nrow {Rows + n},-1\n")));
        await using (var gate = await Gate.BehindRowsAsync(installation.Cluster.ConnectionString, baseId))
        {
            var merging = await person.ImportAsync(baseId, "more.csv", more, $$$$"""
                {"mapping":{"table":"{{{{table}}}}","columns":[{"column":"Name","field":"{{{{fields[0]}}}}"},{"column":"Number","field":"{{{{fields[1]}}}}"}],"merge":{"on":["{{{{fields[0]}}}}"]}}}
                """);
            await gate.ReachedAsync();
            Assert.NotEmpty(await NegativeAsync(person, baseId, table));
            ended = await person.PostAsync($"/api/jobs/{(string)merging["id"]!}/cancel", new { });
        }
        ended = await person.EndOfAsync(ended);
        Assert.Equal("cancelled", (string?)ended["state"]);
        Assert.Equal(Rows, await CountAsync(person, baseId, table));
        Assert.Empty(await NegativeAsync(person, baseId, table));
    }

    static Task<IReadOnlyList<JsonNode>> NegativeAsync(Person person, string baseId, string table) =>
        person.ListAsync(baseId, table, "&filterByFormula=" + Uri.EscapeDataString("{Number} < 0"));

    static async Task<int> CountAsync(Person person, string baseId, string table)
    {
        var names = (await person.ListAsync(baseId, table, "&pageSize=1000")).Select(record => (string)record["fields"]!["Name"]!).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        return names.Count;
    }
}
