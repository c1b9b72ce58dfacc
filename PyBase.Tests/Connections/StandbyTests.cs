using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR.Client;
using Npgsql;
using PyBase.Standalone.Embedded;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Connections;

/// <summary>
/// A primary and its standby: pages come from the standby when they are as new as whoever reads them may expect, and from the primary otherwise; and when
/// the primary is gone for good, the standby becomes it and has everything that was acknowledged. One installation, from its first page to its end.
/// </summary>
public sealed partial class StandbyTests(Servers servers, ITestOutputHelper output)
{
    const string First = "postgres-first", Second = "postgres-second";

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_standby_serves_pages_that_are_new_enough_and_takes_over_without_losing_what_was_acknowledged()
    {
        await using var primary = await PostgresNode.StartAsync(First, new Dictionary<string, string>(), Cancelled);
        await using var standby = await primary.AddStandbyAsync(Second, Cancelled);
        var both = new NpgsqlConnectionStringBuilder(primary.ConnectionString) { Host = $"127.0.0.1:{primary.Port},127.0.0.1:{standby.Port}" }.ConnectionString;
        await using var cluster = await Cluster.StartAsync(servers, new ClusterOptions
        {
            Api = 2, Workers = 0,
            Settings = new Dictionary<string, string>
            {
                ["ConnectionStrings:pybase"] = both, ["Accounts:SignUp"] = "open", ["Database:MaxLagSeconds"] = "600", ["Metrics:Token"] = "",
            },
        }, Cancelled);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var sheet = new Scene(cluster, person, await person.CreateBaseAsync(new { name = "Parts", fields = new object[] { new { name = "Name", type = "singleLineText" } } }));
        await sheet.AddAsync("bolt");

        await PageIsOfStandbyAsync(sheet);
        await PausedReplayAsync(sheet, standby);
        await LostStandbyAsync(sheet, standby);
        await LostPrimaryAsync(sheet, primary, standby);
    }

    /// <summary>One table, its person, and how its pages come.</summary>
    sealed record Scene(Cluster Cluster, Person Person, string Base)
    {
        public string Path => $"/v0/{Base}/Parts";

        /// <summary>The version that the write made, as its answer names it.</summary>
        public async Task<string> AddAsync(string name)
        {
            var answer = await Sheet.SendAsync(Person.Client, "POST", Path, $$"""{"fields":{"Name":"{{name}}"} }""");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            return answer.Header("PyBase-Version")!;
        }

        public async Task<(string[] Names, string Version)> PageAsync(string? seen = null, PyBaseProcess? api = null)
        {
            using var other = Person.At((api ?? Cluster.Api[0]).Address);
            var answer = await Sheet.SendAsync(other.Client, "GET", Path, null, seen is null ? [] : [("PyBase-At-Least", seen)]);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            return ([.. answer.Json["records"]!.AsArray().Select(record => (string)record!["fields"]!["Name"]!)], answer.Header("PyBase-Version")!);
        }

        /// <summary>How many pages the first Api asked of a standby, and with which outcome.</summary>
        public async Task<long> PagesAsync(string outcome)
        {
            var metrics = await Cluster.Api[0].Client.GetStringAsync("/metrics", Cancelled);
            return Pages().Matches(metrics).Where(line => line.Groups[1].Value == outcome).Sum(line => long.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture));
        }

        /// <summary>The exporter shows the same numbers for a moment.</summary>
        public async Task ReachAsync(string outcome, long count)
        {
            Assert.Equal((outcome, count), (outcome, await Wait.UntilAsync(() => PagesAsync(outcome), now => now >= count)));
        }
    }

    static async Task PageIsOfStandbyAsync(Scene scene)
    {
        await Wait.UntilAsync(async () =>
        {
            Assert.Equal(["bolt"], (await scene.PageAsync()).Names);
            return await scene.PagesAsync("read");
        }, read => read > 0);
    }

    static async Task PausedReplayAsync(Scene scene, PostgresNode standby)
    {
        await standby.ExecuteAsync("select pg_wal_replay_pause()", Cancelled);
        await Wait.UntilAsync(() => standby.ScalarAsync("select pg_get_wal_replay_pause_state()", Cancelled), state => state is "paused");
        var old = (await scene.PageAsync()).Version;
        var mine = await scene.AddAsync("nut");

        // Who says nothing gets the newest, and so does whoever has seen it.
        var (read, behind) = (await scene.PagesAsync("read"), await scene.PagesAsync("behind"));
        Assert.Equal((2, mine), ((await scene.PageAsync()).Names.Length, (await scene.PageAsync(mine)).Version));
        await scene.ReachAsync("behind", behind + 2);
        // Who has seen an older version only takes the standby's page.
        var (names, version) = await scene.PageAsync(old);
        Assert.Equal((old, "bolt"), (version, Assert.Single(names)));
        await scene.ReachAsync("read", read + 1);
        // Where no lag is allowed nobody gets an old page.
        await using (var strict = new PyBaseProcess("PyBase.Api", "api-strict", [], new Dictionary<string, string>(scene.Cluster.Settings) { ["Database:MaxLagSeconds"] = "0" }))
        {
            await strict.StartAsync(Cancelled);
            Assert.Equal(mine, (await scene.PageAsync(old, strict)).Version);
        }
        // Definitions that the standby does not have yet, and rights that it still has, are the primary's as well.
        using var guest = await Person.SignUpAsync(scene.Cluster.Api[0].Address);
        Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(guest.Client, "GET", scene.Path)).Status);
        var field = await scene.Person.PostAsync($"/v0/meta/bases/{scene.Base}/tables/Parts/fields", new { name = "Colour", type = "singleLineText" });
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(scene.Person.Client, "GET", $"{scene.Path}?fields[]={(string)field["id"]!}")).Status);

        await standby.ExecuteAsync("select pg_wal_replay_resume()", Cancelled);
        var before = await scene.PagesAsync("read");
        await Wait.UntilAsync(async () =>
        {
            Assert.Equal(2, (await scene.PageAsync()).Names.Length);
            return await scene.PagesAsync("read");
        }, read => read > before);
    }

    static async Task LostStandbyAsync(Scene scene, PostgresNode standby)
    {
        var lost = await scene.PagesAsync("lost");
        await standby.KillAsync();
        Assert.Equal(2, (await scene.PageAsync()).Names.Length);
        await scene.ReachAsync("lost", lost + 1);
        Assert.Equal(2, (await scene.PageAsync()).Names.Length);
        await standby.StartAgainAsync(Cancelled);
        // The second did not even try.
        Assert.Equal(lost + 1, await scene.PagesAsync("lost"));
    }

    async Task LostPrimaryAsync(Scene scene, PostgresNode primary, PostgresNode standby)
    {
        await primary.WaitForStandbyAsync(Second, Cancelled);
        await using var hub = await scene.Person.ConnectAsync(scene.Cluster.RealtimeAddress());
        var table = (string)(await scene.Person.GetAsync($"/v0/meta/bases/{scene.Base}/tables"))["tables"]![0]!["id"]!;
        var mirror = await TableMirror.OpenAsync(scene.Person, scene.Base, table, hub);
        var (acknowledged, killed, again) = (new ConcurrentBag<string>(), 0L, new long[6]);
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, again.Length).Select(WriteAsync).ToArray();
        await Wait.UntilAsync(() => acknowledged.Count >= 60);

        await primary.KillAsync();
        Volatile.Write(ref killed, Stopwatch.GetTimestamp());
        var promoted = await RunAsync("promote.sh", primary, standby);
        Assert.True(promoted.Succeeded, promoted.Output);
        // Each process finds the new primary by itself.
        await Wait.UntilAsync(() => again.All(time => time != 0), seconds: 120);
        var count = acknowledged.Count;
        await Wait.UntilAsync(() => acknowledged.Count >= count + 60);
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        var there = (await scene.Person.ListAsync(scene.Base, "Parts")).Select(record => (string)record["fields"]!["Name"]!).ToList();
        Assert.Empty(acknowledged.Except(there));
        Assert.Equal(there.Count, there.Distinct().Count());
        await mirror.CheckAsync();
        output.WriteLine($"{acknowledged.Count} acknowledged writes, none lost; measured: written again after {Stopwatch.GetElapsedTime(killed, again.Min()).TotalSeconds:0.0} s, by all processes after {Stopwatch.GetElapsedTime(killed, again.Max()).TotalSeconds:0.0} s");

        async Task WriteAsync(int writer)
        {
            using var client = scene.Person.At(scene.Cluster.Api[writer % 2].Address);
            for (var n = 0; !enough.IsCancellationRequested; n++)
            {
                var sent = Stopwatch.GetTimestamp();
                var answer = await Sheet.SendAsync(client.Client, "POST", scene.Path, $$"""{"fields":{"Name":"{{writer}}-{{n}}"} }""");
                if (answer.Status is HttpStatusCode.OK)
                {
                    acknowledged.Add($"{writer}-{n}");
                    if (Volatile.Read(ref killed) is not 0 and var since && sent > since)
                        Interlocked.CompareExchange(ref again[writer], Stopwatch.GetTimestamp(), 0);
                }
                else
                {
                    Assert.True(answer.Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError, answer.Text);
                    await Task.Delay(20, Cancelled);
                }
            }
        }
    }

    /// <summary>A command of the runbook, as an administrator runs it.</summary>
    static async Task<(bool Succeeded, string Output)> RunAsync(string script, PostgresNode primary, PostgresNode standby)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "deploy", "postgres", script), "--standby", $"127.0.0.1:{standby.Port}", "--primary", $"127.0.0.1:{primary.Port}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["PGUSER"] = PostgresSettings.User, ["PGPASSWORD"] = standby.Password, ["PYBASE_PG_BIN"] = standby.Programs },
        };
        using var process = Process.Start(start)!;
        var text = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancelled), process.StandardError.ReadToEndAsync(Cancelled));
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode == 0, string.Concat(text));
    }

    [GeneratedRegex("""^pybase_standby_pages_total\{[^}]*outcome="(\w+)"[^}]*\} (\d+)""", RegexOptions.Multiline)]
    private static partial Regex Pages();
}
