using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Standalone.Embedded;
using PyBase.Tests.Changes;
using PyBase.Tests.Support;
using Command = PyBase.Standalone.Embedded.Command;

namespace PyBase.Tests.Connections;

/// <summary>
/// The runbook of a second region (docs/backup.md): a whole region is killed while its standby is behind a slow connection, the other is promoted and goes on, the
/// first comes back, follows, and takes over again. Two of everything take longer to start than a run of all tests has time for: <c>eng/rehearse.sh region</c>.
/// </summary>
public sealed class RegionLossTests(Servers servers)
{
    const string One = "region-one", Two = "region-two";
    const double BytesPerSecond = 1_000_000, FileBytesPerSecond = 400_000;
    static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(80);
    static readonly Dictionary<string, string> s_rewindable = new() { ["wal_log_hints"] = "on", ["wal_keep_size"] = "256MB" };

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task A_region_is_lost_the_other_goes_on_and_the_first_takes_over_again()
    {
        foreach (var program in (string[])["rsync", "rabbitmq-server"])
            Require.Server(program);
        await using var first = await PostgresNode.StartAsync(One, s_rewindable, Cancelled);
        // Where the runbook has them, too: pg_rewind ends the recovery of a server that was killed by itself, without the arguments that it was started with.
        foreach (var (name, value) in s_rewindable)
            await first.ExecuteAsync($"alter system set {name} = '{value}'", Cancelled);
        await using var there = new SlowLink(first.Port, s_delay, BytesPerSecond);
        await using var second = await first.AddStandbyAsync(Two, Cancelled, there.Port, s_rewindable);
        var (firstFiles, secondFiles) = (TestRun.NewFolder("files"), TestRun.NewFolder("files"));
        await using var firstBroker = await RabbitMqServer.StartAsync(Cancelled);
        await using var secondBroker = await RabbitMqServer.StartAsync(Cancelled);
        await using var one = await StartAsync(first, firstBroker, firstFiles);
        using var person = await Person.SignUpAsync(one.Api[0].Address);
        object[] fields = [new { name = "name", type = "singleLineText" }, new { name = "files", type = "multipleAttachments" }];
        var baseId = await person.CreateBaseAsync(new { name = "Parts", fields }, new { name = "Imported", fields });

        // Work, behind which rows and files are copied.
        var work = new RegionWork(person, [.. one.Api.Select(api => api.Address)], baseId, "one");
        using var copying = new CancellationTokenSource();
        var copies = CopyOnAsync(firstFiles, secondFiles, copying.Token);
        work.Start();
        await work.FlowAsync(rows: 400, files: 20, jobs: 20, Cancelled);

        // The loss: bytes on the way, processes and servers, all at once.
        var lost = Stopwatch.GetTimestamp();
        await Task.WhenAll([there.CutAsync(), first.KillAsync(), firstBroker.KillAsync(), one.Redis.KillAsync(), copying.CancelAsync(), .. Processes(one).Select(process => process.KillAsync())]);
        await Task.WhenAll(work.StopAsync(), copies);

        // Promote, redirect.
        await RunAsync("postgres/promote.sh", second, "--standby", $"127.0.0.1:{second.Port}", "--primary", $"127.0.0.1:{first.Port}", "--asynchronous");
        var promoted = Stopwatch.GetElapsedTime(lost);
        await using var two = await StartAsync(second, secondBroker, secondFiles, isMigrated: true);
        using var moved = person.At(two.Api[0].Address);
        var later = new RegionWork(person, [.. two.Api.Select(api => api.Address)], baseId, "two");
        later.Start();
        await later.FlowAsync(rows: 1, files: 0, jobs: 0, Cancelled);
        var goesOn = Stopwatch.GetElapsedTime(lost, later.Rows.Min(row => row.At));

        // What it cost.
        var names = await NamesAsync(moved, baseId, "Parts");
        var lostRows = work.Rows.Where(row => !names.Contains(row.Name)).ToList();
        LastOfEach(work.Rows, lostRows);
        var missing = await MissingAsync(second, secondFiles);
        var known = await HashesAsync(second);
        var lostFiles = work.Files.Where(file => !known.Contains(file.Key) || missing.Contains(file.Key)).Select(file => file.Value).ToList();
        Assert.Equal(known.Where(hash => !File.Exists(Path.Combine(secondFiles, hash[..2], hash))).Order(), missing.Order());
        var lostJobs = new List<Told>();
        var (ended, waiting) = (0, new List<string>());
        foreach (var (id, job) in work.Jobs)
        {
            using var answer = await moved.Client.GetAsync($"/api/jobs/{id}", Cancelled);
            if (answer.StatusCode is System.Net.HttpStatusCode.NotFound)
                lostJobs.Add(job);
            else if ((string)(await moved.EndOfAsync(new JsonObject { ["id"] = id }, TimeSpan.FromSeconds(120)))["state"]! == "succeeded")
                ended++;
            else
                waiting.Add(id);
        }
        LastOfEach(work.Jobs.Values, lostJobs);
        var jobsDone = Stopwatch.GetElapsedTime(lost);
        await DenseAsync(second, baseId);

        // The first comes back, under writes: it throws away what only it had, and follows.
        await using var back = new SlowLink(second.Port, s_delay, BytesPerSecond);
        var returning = Stopwatch.GetTimestamp();
        await first.FollowAsync(back.Port, Cancelled);
        await second.WaitForFollowerAsync(One, Cancelled);
        var followed = Stopwatch.GetElapsedTime(returning);
        await CopyAsync(firstFiles, secondFiles, Cancelled);
        await CopyAsync(secondFiles, firstFiles, Cancelled);
        Assert.Empty(await MissingAsync(second, secondFiles));
        foreach (var id in waiting)
        {
            await moved.PostAsync($"/api/jobs/{id}/retry", new { });
            Assert.Equal("succeeded", (string)(await moved.EndOfAsync(new JsonObject { ["id"] = id }))["state"]!);
        }
        await later.FlowAsync(rows: 200, files: 5, jobs: 5, Cancelled);

        // And takes over again, on purpose: nothing is lost. Its broker comes with the messages that it held when it was killed.
        await Task.WhenAll(firstBroker.StartAgainAsync(Cancelled), one.Redis.StartAgainAsync(Cancelled), CopyAsync(secondFiles, firstFiles, Cancelled));
        var switching = Stopwatch.GetTimestamp();
        await Task.WhenAll(Processes(two).Select(process => process.StopAsync()));
        await later.StopAsync();
        await second.StopAsync(Cancelled);
        await RunAsync("postgres/promote.sh", first, "--standby", $"127.0.0.1:{first.Port}", "--primary", $"127.0.0.1:{second.Port}");
        await CopyAsync(secondFiles, firstFiles, Cancelled);
        await Task.WhenAll(Processes(one).Select(process => process.StartAsync(Cancelled)));
        var last = new RegionWork(person, [.. one.Api.Select(api => api.Address)], baseId, "back");
        last.Start();
        await last.FlowAsync(rows: 20, files: 2, jobs: 2, Cancelled);
        var switched = Stopwatch.GetElapsedTime(switching, last.Rows.Min(row => row.At));
        await last.StopAsync();
        await using var again = new SlowLink(first.Port, s_delay, BytesPerSecond);
        await second.FollowAsync(again.Port, Cancelled);
        await first.WaitForFollowerAsync(Two, Cancelled);

        Assert.Empty(await MissingAsync(first, firstFiles));
        foreach (var id in later.Jobs.Keys.Concat(last.Jobs.Keys))
            Assert.Equal("succeeded", (string)(await person.EndOfAsync(new JsonObject { ["id"] = id }))["state"]!);
        var rows = await NamesAsync(person, baseId, "Parts");
        Assert.Empty(work.Rows.Except(lostRows).Concat(later.Rows).Concat(last.Rows).Select(row => row.Name).Except(rows));
        var imported = (await person.ListAsync(baseId, "Imported", "&pageSize=1000")).Select(record => (string)record["fields"]!["name"]!).GroupBy(name => name.Split('/')[0]).ToDictionary(job => job.Key, job => job.ToList());
        foreach (var job in work.Jobs.Values.Except(lostJobs).Concat(later.Jobs.Values).Concat(last.Jobs.Values))
            Assert.Equal((RegionWork.RowsOfImport, RegionWork.RowsOfImport), (imported[job.Name].Count, imported[job.Name].Distinct().Count()));
        await DenseAsync(first, baseId);

        string Loss(IReadOnlyCollection<Told> gone) => gone.Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{gone.Count}, the oldest {Stopwatch.GetElapsedTime(gone.Min(one => one.At), lost).TotalSeconds:0.00} s old");
        var report = string.Create(CultureInfo.InvariantCulture, $"""
            `eng/rehearse.sh region --report`, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores for both regions and whoever writes; {s_delay.TotalMilliseconds:0} ms each way and {BytesPerSecond / 1e6:0.#} MB/s for the database, {FileBytesPerSecond / 1e6:0.#} MB/s for files; {work.Rows.Count / Stopwatch.GetElapsedTime(work.Rows.Min(row => row.At), lost).TotalSeconds:0} rows a second.

            | what | acknowledged before the loss | lost (RPO) |
            |---|---|---|
            | rows | {work.Rows.Count} | {Loss(lostRows)} |
            | files | {work.Files.Count} | {Loss(lostFiles)} |
            | jobs | {work.Jobs.Count} | {Loss(lostJobs)} |

            | step | from the loss |
            |---|---|
            | promoted | {promoted.TotalSeconds:0.0} s |
            | written again (RTO): Redis, API, realtime and workers were started for it | {goesOn.TotalSeconds:0.0} s |
            | every job known there at its end: {ended} done, {waiting.Count} whose file was not there yet, done when it was | {jobsDone.TotalSeconds:0.0} s |

            The first region, started again, was rewound and followed after {followed.TotalSeconds:0.0} s. The planned way back: nobody could write for {switched.TotalSeconds:0.0} s, of {later.Rows.Count} rows, {later.Files.Count} files and {later.Jobs.Count} jobs none was lost.
            """);
        await File.WriteAllTextAsync(Path.Combine(Repository.Root, "artifacts", "region.md"), report, Cancelled);
        if (Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            DocumentPart.Write("backup.md", "region", report);
    }

    async Task<Cluster> StartAsync(PostgresNode database, RabbitMqServer broker, string files, bool isMigrated = false) => await Cluster.StartAsync(servers, new ClusterOptions
    {
        Api = 2, Realtime = 1, Workers = 2, IsMigrated = isMigrated,
        Settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:pybase"] = database.ConnectionString, ["ConnectionStrings:messaging"] = await broker.CreateVirtualHostAsync(Cancelled), ["Files:Path"] = files,
            ["Accounts:SignUp"] = "open", ["Logging:LogLevel:Npgsql"] = "Warning",
        },
    }, Cancelled);

    static IEnumerable<PyBaseProcess> Processes(Cluster of) => of.Api.Concat(of.Realtime).Concat(of.Workers);

    /// <summary>What is lost of each writer is the last that it was told: a standby has no gaps.</summary>
    static void LastOfEach(IEnumerable<Told> all, IReadOnlyCollection<Told> gone)
    {
        foreach (var writer in all.GroupBy(one => one.Writer))
            Assert.Equal(writer.OrderBy(one => one.Number).TakeLast(gone.Count(one => one.Writer == writer.Key)), gone.Where(one => one.Writer == writer.Key).OrderBy(one => one.Number));
    }

    static async Task<HashSet<string>> NamesAsync(Person person, string baseId, string table) =>
        [.. (await person.ListAsync(baseId, table, "&pageSize=1000&fields[]=name")).Select(record => (string)record["fields"]!["name"]!)];

    static async Task<HashSet<string>> HashesAsync(PostgresNode database) =>
        [.. ((string)(await database.ScalarAsync("select coalesce(string_agg(distinct encode(sha256, 'hex'), ' '), '') from (select sha256 from pybase.files union select sha256 from pybase.pictures) f", Cancelled))!).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    static async Task DenseAsync(PostgresNode database, string baseId)
    {
        await using var data = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false });
        await new BaseInvariants(data, baseId).DenseAsync();
    }

    /// <summary>As a timer of the first region does, over a line that is slow.</summary>
    static async Task CopyOnAsync(string from, string to, CancellationToken stop)
    {
        try
        {
            while (true)
                await CopyAsync(from, to, stop);
        }
        catch (OperationCanceledException)
        {
            // The region is lost, with a copy under way.
        }
    }

    static async Task CopyAsync(string from, string to, CancellationToken cancellation)
    {
        var copied = await Command.RunAsync("rsync",
            ["--archive", "--ignore-existing", "--exclude=/incoming", string.Create(CultureInfo.InvariantCulture, $"--bwlimit={FileBytesPerSecond / 1024:0}"), from + "/", to], ServerAccount.Own, cancellation);
        // 24: something went while it was read, as an upload does that becomes a file.
        Assert.True(copied.ExitCode is 0 or 24, copied.Output);
    }

    /// <summary>What the runbook's command says is not there.</summary>
    static async Task<HashSet<string>> MissingAsync(PostgresNode database, string files)
    {
        var (code, text) = await ScriptAsync("check-files.sh", database, $"host=127.0.0.1 port={database.Port} user={PostgresSettings.User} dbname=pybase", files);
        string[] lines = [.. text.Split('\n').Where(line => line.StartsWith("missing ", StringComparison.Ordinal))];
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("damaged ", StringComparison.Ordinal));
        Assert.True(code == (lines.Length == 0 ? 0 : 1), text);
        return [.. lines.Select(line => line.Split(' ')[1])];
    }

    static async Task RunAsync(string script, PostgresNode database, params string[] arguments)
    {
        var (code, text) = await ScriptAsync(script, database, arguments);
        Assert.True(code == 0, text);
    }

    static async Task<(int Code, string Text)> ScriptAsync(string script, PostgresNode database, params string[] arguments)
    {
        var run = await Command.RunAsync("env",
            [$"PGUSER={PostgresSettings.User}", $"PGPASSWORD={database.Password}", $"PYBASE_PG_BIN={database.Programs}", "bash", Path.Combine(Repository.Root, "deploy", script), .. arguments], ServerAccount.Own, Cancelled);
        return (run.ExitCode, run.Output);
    }
}
