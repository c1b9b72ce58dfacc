using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>A worker is killed with a job in its hands; the other one finishes it, and every row is there once.</summary>
public sealed class WorkerDeathTests(Servers servers)
{
    [Fact]
    public async Task Another_worker_finishes_the_job_of_a_killed_one()
    {
        var source = SharedData.Locate("drawings/step/as1-oc-214.stp");
        var big = Path.Combine(TestRun.NewFolder("big"), "as1-big.stp");
        var copies = await BigStep.WriteAsync(source, big, megabytes: 150);
        await using var cluster = await Cluster.StartAsync(servers, new() { Workers = 2 }, TestContext.Current.CancellationToken);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync();

        var dropped = await person.DropAsync(baseId, big);
        var running = await person.JobAsync(dropped, job => (string)job["state"]! != "queued" && job["progress"]!["done"]!.GetValue<long>() > 0);
        Assert.Equal("running", (string)running["state"]!);
        await cluster.Workers.Single(w => w.Id == ProcessOf(running)).KillAsync();
        var ended = await person.EndOfAsync(dropped);

        Assert.Equal("succeeded", (string)ended["state"]!);
        Assert.True(ended["attempts"]!.GetValue<int>() >= 2, "the job was taken twice");
        Assert.NotEqual(ProcessOf(running), ProcessOf(ended));
        await CheckRowsAsync(person, baseId, ended, copies);
    }

    [Fact]
    public async Task A_job_killed_while_it_writes_goes_on_behind_its_last_row()
    {
        var big = Path.Combine(TestRun.NewFolder("big"), "gearboxes.stp");
        var copies = await BigStep.WriteAsync(Samples.Path("gearbox.stp"), big, megabytes: 6);
        await using var cluster = await Cluster.StartAsync(servers, new() { Workers = 1 }, TestContext.Current.CancellationToken);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync();

        var dropped = await person.DropAsync(baseId, big);
        await person.JobAsync(dropped, job => ((string?)job["progress"]!["step"])?.StartsWith("writing", StringComparison.Ordinal) == true);
        await cluster.Workers[0].KillAsync();
        var rowsAtDeath = await CountAsync(person, baseId);
        await cluster.Workers[0].StartAsync(TestContext.Current.CancellationToken);
        var ended = await person.EndOfAsync(dropped);

        Assert.Equal("succeeded", (string)ended["state"]!);
        var rows = ended["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!, t => t!["created"]!.GetValue<int>());
        Assert.Equal((4 * copies, 3 * copies), (rows["parts"], rows["assembly"]));
        Assert.InRange(rowsAtDeath, 1, rows.Values.Sum() - 1);
        Assert.Equal(rows.Values.Sum(), await CountAsync(person, baseId));
    }

    [Fact]
    public async Task A_drawing_whose_worker_is_killed_while_it_writes_has_every_row_once()
    {
        const int Texts = 40_000;
        await using var cluster = await Cluster.StartAsync(servers, new() { Workers = 1 }, TestContext.Current.CancellationToken);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync();

        var dropped = await person.DropAsync(baseId, "big.dxf", BigDrawing.Write(Texts));
        await person.JobAsync(dropped, job => (string?)job["progress"]!["step"] == "writing texts");
        await cluster.Workers[0].KillAsync();
        var rowsAtDeath = await CountAsync(person, baseId);
        await cluster.Workers[0].StartAsync(TestContext.Current.CancellationToken);
        var ended = await person.EndOfAsync(dropped);

        Assert.Equal("succeeded", (string)ended["state"]!);
        Assert.True(ended["attempts"]!.GetValue<int>() >= 2, "the job was taken twice");
        var made = ended["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!);
        Assert.InRange(rowsAtDeath, 1, Texts - 1);
        Assert.Equal(Texts, made["texts"]!["created"]!.GetValue<int>());
        var texts = await person.ListAsync(baseId, (string)made["texts"]!["id"]!, "&pageSize=1000");
        Assert.Equal((Texts, Texts), (texts.Count, texts.Select(t => (string)t["fields"]!["Text"]!).Distinct().Count()));
    }

    static async Task CheckRowsAsync(Person person, string baseId, JsonNode job, int copies)
    {
        var tables = job["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!, t => (string)t!["id"]!);
        var parts = await person.ListAsync(baseId, tables["parts"], "&pageSize=1000");
        var lines = await person.ListAsync(baseId, tables["assembly"], "&pageSize=1000");
        Assert.Equal((9 * copies, 9 * copies), (parts.Count, lines.Count));
        Assert.All(parts.GroupBy(p => (string)p["fields"]!["Part number"]!), number => Assert.Equal(copies, number.Count()));
        Assert.Equal(lines.Count, lines.Select(l => (string)l["fields"]!["Path"]!).Distinct().Count());
    }

    static async Task<int> CountAsync(Person person, string baseId)
    {
        var count = 0;
        foreach (var table in (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray())
            count += (await person.ListAsync(baseId, (string)table!["id"]!, "&pageSize=1000")).Count;
        return count;
    }

    /// <summary><c>machine:process id:…</c></summary>
    static int ProcessOf(JsonNode job) => int.Parse(((string)job["worker"]!).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
}
