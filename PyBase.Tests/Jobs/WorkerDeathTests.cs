using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>A worker is killed with a job in its hands; another finishes it, and every row is there once.</summary>
[Collection(OnCluster.Name)]
public sealed class WorkerDeathTests(DistributedInstallation installation)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    Cluster Cluster => installation.Cluster;

    [Fact]
    public async Task Another_worker_begins_the_job_of_a_killed_one_again()
    {
        await using var writing = await WritingJob.StartAsync(Cluster, Gearbox.DropAsync, atTables: true);
        Assert.Empty(await writing.RowsAsync());
        await CheckAsync(writing, await writing.KillWorkerAsync());
    }

    [Fact]
    public async Task A_job_killed_while_it_writes_goes_on_behind_its_last_row()
    {
        await using var writing = await WritingJob.StartAsync(Cluster, Gearbox.DropAsync);
        Assert.InRange((await writing.RowsAsync()).Values.Sum(), 1, Gearbox.Rows - 1);
        await CheckAsync(writing, await writing.KillWorkerAsync());
    }

    [Fact]
    public async Task A_drawing_whose_worker_is_killed_while_it_writes_has_every_row_once()
    {
        const int Texts = 2_500;
        await using var writing = await WritingJob.StartAsync(Cluster, (person, baseId) => person.DropAsync(baseId, "big.dxf", BigDrawing.Write(Texts)));
        Assert.InRange((await writing.RowsAsync()).Values.Sum(), 1, Texts - 1);
        var killed = await writing.KillWorkerAsync();
        var ended = await writing.EndAsync();
        await killed.StartAsync(Cancelled);

        Assert.Equal("succeeded", (string)ended["state"]!);
        Assert.True(ended["attempts"]!.GetValue<int>() >= 2, "the job was taken twice");
        var made = ended["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!);
        Assert.Equal(Texts, made["texts"]!["created"]!.GetValue<int>());
        var texts = await writing.Person.ListAsync(writing.Base, (string)made["texts"]!["id"]!, "&pageSize=1000");
        Assert.Equal((Texts, Texts), (texts.Count, texts.Select(t => (string)t["fields"]!["Text"]!).Distinct().Count()));
    }

    static async Task CheckAsync(WritingJob writing, PyBaseProcess killed)
    {
        var ended = await writing.EndAsync();
        var other = (string)ended["worker"]!;
        await killed.StartAsync(Cancelled);

        Assert.Equal("succeeded", (string)ended["state"]!);
        Assert.True(ended["attempts"]!.GetValue<int>() >= 2, "the job was taken twice");
        Assert.NotEqual((string)writing.Job["worker"]!, other);
        var tables = ended["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!, t => (string)t!["id"]!);
        var parts = await writing.Person.ListAsync(writing.Base, tables["parts"], "&pageSize=1000");
        var lines = await writing.Person.ListAsync(writing.Base, tables["assembly"], "&pageSize=1000");
        Assert.Equal((4 * Gearbox.Copies, 3 * Gearbox.Copies), (parts.Count, lines.Count));
        Assert.All(parts.GroupBy(p => (string)p["fields"]!["Part number"]!), number => Assert.Equal(Gearbox.Copies, number.Count()));
        Assert.Equal(lines.Count, lines.Select(l => (string)l["fields"]!["Path"]!).Distinct().Count());
    }
}
