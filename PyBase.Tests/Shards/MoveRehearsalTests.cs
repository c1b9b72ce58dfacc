using System.Diagnostics;
using System.Globalization;
using System.Text;
using PyBase.Tests.Balancers;
using PyBase.Tests.Support;

namespace PyBase.Tests.Shards;

/// <summary>
/// A large base moves while people work in it, the mover is killed twice in the middle, and it moves back: eng/rehearse.sh shard. Longer than a run of all tests has time for.
/// </summary>
public sealed class MoveRehearsalTests(Sharded shards, ITestOutputHelper output) : IClassFixture<Sharded>
{
    const int Rows = 1_000_000, Writers = 8;

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task A_million_rows_move_and_come_back()
    {
        using var owner = await Person.SignUpAsync(shards.Address);
        var id = await shards.CreateAsync(owner, "main");
        for (var from = 0; from < Rows; from += Rows / 4)
        {
            var rows = new StringBuilder("name,count\n");
            for (var n = from; n < from + Rows / 4; n++)
                rows.Append(CultureInfo.InvariantCulture, $"part {n} of a gearbox,{n}\n");
            await Sharded.FillAsync(owner, id, rows.ToString());
        }
        var table = await Sharded.PartsAsync(owner, id);
        var size = (string)(await shards.FirstDatabase.ScalarAsync($"select pg_size_pretty(sum(pg_total_relation_size(c.oid))) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{id}' and c.relkind = 'r'", Cancelled))!;
        var traffic = new Traffic($"/v0/{id}/Parts");
        for (var n = 0; n < Writers; n++)
            traffic.Start(owner, $"writer {n}", TimeSpan.FromMilliseconds(100));
        await traffic.FlowAsync(200, Cancelled);
        var usual = traffic.Longest();
        var report = new StringBuilder($"""
            `eng/rehearse.sh shard --report`, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores for both databases, the processes of both shards and all clients: a base of {Rows:N0} rows ({size}),
            {Writers} people who write and read in it all the time (nobody waited longer than {usual.TotalSeconds:0.00} s before).

            | | the move took | its writers stood at the door | longest wait for an answer | requests sent again |
            |---|---|---|---|---|

            """);
        await KillAsync(id, 2);
        await MoveAsync("main to s2, after the mover was killed twice in the middle", Sharded.Second);
        await MoveAsync("back", "main");
        await traffic.StopAsync();

        var (_, now) = await TableMirror.LoadAsync(owner, id, table);
        Assert.Equal(Rows + traffic.Acknowledged.Count, now.Count);
        Assert.All(traffic.Acknowledged, one => Assert.Equal(
            [one.Key, $"{one.Value.Count}"], now[one.Value.Record].Select(cell => cell.Value!.ToString()).OrderByDescending(text => text.Length).ThenBy(text => text, StringComparer.Ordinal)));
        Assert.All(traffic.FailedWrites.Concat(traffic.FailedReads), failed => Assert.Contains("503", failed, StringComparison.Ordinal));
        report.Append(CultureInfo.InvariantCulture, $"\nAfterwards all {now.Count:N0} rows were there, and each of the {traffic.Acknowledged.Count:N0} records written meanwhile as it was acknowledged last. What was sent again had been answered with 503.\n");
        await File.WriteAllTextAsync(Path.Combine(Repository.Root, "artifacts", "shard.md"), report.ToString(), Cancelled);
        if (Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            DocumentPart.Write("scaling.md", "shard", report.ToString());

        async Task MoveAsync(string what, string to)
        {
            traffic.Longest();
            var (refused, began) = (traffic.FailedWrites.Count + traffic.FailedReads.Count, Stopwatch.GetTimestamp());
            var said = await shards.MoveAsync(id, to);
            output.WriteLine(said);
            var took = Stopwatch.GetElapsedTime(began);
            await traffic.FlowAsync(200, Cancelled);
            report.Append(CultureInfo.InvariantCulture, $"| {what} | {took.TotalSeconds:0} s | {said.Split("waited ")[1].Split(' ')[0]} ms | {traffic.Longest().TotalSeconds:0.00} s | {traffic.FailedWrites.Count + traffic.FailedReads.Count - refused} |\n");
        }
    }

    /// <summary>kill -9 of a mover while rows are on their way.</summary>
    async Task KillAsync(string id, int times)
    {
        for (var n = 1; n <= times; n++)
        {
            await using var mover = shards.Mover(id, Sharded.Second);
            mover.Launch();
            await Wait.UntilAsync(async () => await shards.SecondDatabase.ScalarAsync("select count(*) from pg_subscription where subname like 'move%'", Cancelled) is 1L);
            await Task.Delay(TimeSpan.FromSeconds(n), Cancelled);
            await mover.KillAsync();
        }
    }
}
