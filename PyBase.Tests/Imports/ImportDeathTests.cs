using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Imports;

/// <summary>Imports whose worker is killed, and imports that somebody stops.</summary>
public sealed class ImportDeathTests(Servers servers)
{
    const int Rows = 60_000;

    [Fact]
    public async Task Rows_of_a_killed_worker_are_there_once_and_those_of_a_cancelled_import_are_not()
    {
        await using var cluster = await Cluster.StartAsync(servers, new() { Workers = 2 }, TestContext.Current.CancellationToken);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync();
        var file = Encoding.UTF8.GetBytes("Name,Number\n" + string.Concat(Enumerable.Range(0, Rows).Select(n => $"row {n},{n}\n")));

        var dropped = await person.ImportAsync(baseId, "rows.csv", file);
        var running = await WritingAsync(person, dropped);
        await cluster.Workers.Single(w => w.Id == int.Parse(((string)running["worker"]!).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)).KillAsync();
        var ended = await person.EndOfAsync(dropped);
        Assert.True((string?)ended["state"] == "succeeded", ended.ToJsonString());
        Assert.True(ended["attempts"]!.GetValue<int>() >= 2, "the job was taken twice");
        Assert.Equal(Rows, (int)ended["result"]!["tables"]![0]!["created"]!);
        var table = (string)ended["result"]!["tables"]![0]!["id"]!;
        Assert.Equal(Rows, await CountAsync(person, baseId, table));

        // Into the same table by key: half of it is changed, half comes new, and then somebody thinks better of it.
        var fields = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!["fields"]!.AsArray().Select(f => (string)f!["id"]!).ToArray();
        var more = Encoding.UTF8.GetBytes("Name,Number\n" + string.Concat(Enumerable.Range(Rows / 2, Rows).Select(n => $"row {n},-1\n")));
        dropped = await person.ImportAsync(baseId, "more.csv", more, $$$$"""
            {"mapping":{"table":"{{{{table}}}}","columns":[{"column":"Name","field":"{{{{fields[0]}}}}"},{"column":"Number","field":"{{{{fields[1]}}}}"}],"merge":{"on":["{{{{fields[0]}}}}"]}}}
            """);
        await WritingAsync(person, dropped);
        await person.PostAsync($"/api/jobs/{(string)dropped["id"]!}/cancel", new { });
        ended = await person.EndOfAsync(dropped);
        Assert.Equal("cancelled", (string?)ended["state"]);
        Assert.Equal(Rows, await CountAsync(person, baseId, table));
        Assert.Empty(await person.ListAsync(baseId, table, "&filterByFormula=" + Uri.EscapeDataString("{Number} < 0")));
    }

    static Task<JsonNode> WritingAsync(Person person, JsonNode job) => person.JobAsync(job, now =>
        (string?)now["progress"]!["step"] == "writing rows" && (long)now["progress"]!["done"]! > 0 ? true : (string)now["state"]! is "succeeded" or "failed" ? throw new InvalidOperationException(now.ToJsonString()) : false);

    static async Task<int> CountAsync(Person person, string baseId, string table)
    {
        var names = (await person.ListAsync(baseId, table, "&pageSize=1000")).Select(record => (string)record["fields"]!["Name"]!).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        return names.Count;
    }
}
