using Npgsql;
using PyBase.Tests.Jobs;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>
/// The check of the chaos is itself checked: with one rule broken on purpose it has to say so. The rules are broken in the database and in the clients of the
/// test; PyBase has no switch for any of it.
/// </summary>
[Collection(InChaos.Name)]
public sealed class CheckTests(ChaosInstallation installation)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    Cluster Cluster => installation.Cluster;

    string Unpooled => new NpgsqlConnectionStringBuilder(Cluster.ConnectionString) { Pooling = false }.ConnectionString;

    [Fact]
    public async Task Answers_before_the_commit_is_kept_are_caught()
    {
        await using var data = NpgsqlDataSource.Create(Unpooled);
        var wrong = await RunAsync(async _ =>
        {
            // Commits are answered before they are on disk, and nothing brings them there for a while. Open connections keep what they had.
            await using var open = await data.OpenConnectionAsync(Cancelled);
            await DoAsync(open, $"alter database \"{open.Database}\" set synchronous_commit = off");
            foreach (var setting in (string[])["wal_writer_delay = '10s'", "wal_writer_flush_after = '1GB'"])
                await DoAsync(open, $"alter system set {setting}");
            await DoAsync(open, "select pg_reload_conf(), pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        }, async _ =>
        {
            Cluster.Postgres.Kill();
            await Cluster.Postgres.WaitUntilReadyAsync(Cancelled);
        });
        await using (var open = await data.OpenConnectionAsync(Cancelled))
        {
            await DoAsync(open, $"alter database \"{open.Database}\" reset synchronous_commit");
            await DoAsync(open, "alter system reset all");
            await DoAsync(open, "select pg_reload_conf(), pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        }
        Assert.Contains(wrong, w => w.StartsWith("1: ", StringComparison.Ordinal));
        Assert.Contains(wrong, w => w.StartsWith("2: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_that_are_shown_before_they_are_committed_are_caught()
    {
        await using var data = NpgsqlDataSource.Create(Unpooled);
        var shown = new Shown();
        var wrong = await RunAsync(_ => Task.CompletedTask, _ => Task.CompletedTask, shown, showsEarly: async (table, record) =>
        {
            await using var head = data.CreateCommand($"select version + 1 from pybase.table_versions where table_id = '{table}'");
            var next = (long)(await head.ExecuteScalarAsync(CancellationToken.None))!;
            shown.Add(table, next, next, record);
        });
        Assert.Contains(wrong, w => w.StartsWith("4: ", StringComparison.Ordinal) && w.Contains("was shown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Versions_taken_without_the_lock_are_caught()
    {
        await using var data = NpgsqlDataSource.Create(Unpooled);
        await using var definition = data.CreateCommand("select pg_get_functiondef('pybase.enter'::regproc)");
        var locks = "";
        var wrong = await RunAsync(async _ =>
        {
            locks = (string)(await definition.ExecuteScalarAsync(Cancelled))!;
            var without = locks.Replace("order by v.table_id for update", "order by v.table_id", StringComparison.Ordinal);
            Assert.NotEqual(locks, without);
            await using var replace = data.CreateCommand(without);
            await replace.ExecuteNonQueryAsync(Cancelled);
        }, _ => Task.CompletedTask);
        await using var back = data.CreateCommand(locks);
        await back.ExecuteNonQueryAsync(Cancelled);
        Assert.Contains(wrong, w => w.StartsWith("2: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gaps_that_are_not_healed_are_caught()
    {
        var wrong = await RunAsync(_ => Task.CompletedTask, _ => Task.WhenAll(Cluster.Realtime.Select(node => node.RestartAsync(Cancelled))), leavesGaps: true);
        Assert.Contains(wrong, w => w.StartsWith("4: A subscriber", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_that_is_done_twice_is_caught()
    {
        await using var data = NpgsqlDataSource.Create(Unpooled);
        // What a transaction of a job did is not noted in it.
        await using (var forget = data.CreateCommand("""
            create function forget() returns trigger language plpgsql as $$ begin new.checkpoint := null; return new; end $$;
            create trigger forget before update on pybase.jobs for each row execute function forget()
            """))
            await forget.ExecuteNonQueryAsync(Cancelled);
        var verdict = new Verdict();
        await using (var writing = await WritingJob.StartAsync(Cluster, Gearbox.DropAsync))
        {
            var killed = await writing.KillWorkerAsync();
            await writing.EndAsync();
            await killed.StartAsync(Cancelled);
            var desk = await Desk.OpenAsync(Cluster, writing.Person);
            using var journal = new Journal(TestRun.LogFile("chaos-journal"));
            await using var check = new Check(desk, journal, verdict);
            await check.JobsAsync([new AskedJob("extraction", writing.Id, writing.Base, "gearboxes", Gearbox.Copies)], new Dictionary<string, string[]>());
        }
        await using var remember = data.CreateCommand("drop trigger forget on pybase.jobs; drop function forget()");
        await remember.ExecuteNonQueryAsync(Cancelled);
        Assert.Contains(verdict.Wrong, w => w.StartsWith("6: gearboxes made", StringComparison.Ordinal));
    }

    /// <summary>A little of the chaos: some write and listen, the rule is broken, something happens, and then it is checked. Returns what is wrong.</summary>
    async Task<IReadOnlyList<string>> RunAsync(
        Func<Desk, Task> breaking, Func<Desk, Task> happening, Shown? shown = null, Func<string, string, Task>? showsEarly = null, bool leavesGaps = false)
    {
        using var journal = new Journal(TestRun.LogFile("chaos-journal"));
        var (verdict, desk) = (new Verdict(), await Desk.OpenAsync(Cluster));
        shown ??= new();
        await using var check = new Check(desk, journal, verdict);
        Writer[] writers = [.. Enumerable.Range(0, 8).Select(n => new Writer(desk, n, 1, journal) { ShowsEarly = showsEarly })];
        Subscriber[] subscribers = [.. Enumerable.Range(0, 4).Select(n => new Subscriber(desk, n, 1, shown) { LeavesGaps = leavesGaps })];
        await Task.WhenAll(writers.Select(w => w.PrepareAsync()));
        await check.RememberAsync();
        await Task.WhenAll(subscribers.Select(s => s.StartAsync()));
        await breaking(desk);
        using var stop = new CancellationTokenSource();
        Task[] busy = [.. writers.Select(w => w.RunAsync(perSecond: 20, stop.Token))];
        await Wait.UntilAsync(() => journal.Writes.Count >= 250);
        await happening(desk);
        await stop.CancelAsync();
        await Task.WhenAll(busy);
        await new Faults(Cluster, journal).HealAsync(Cancelled);
        await check.ReadAsync(Cancelled);
        check.Writes([.. writers.SelectMany(w => w.Rows)], new HashSet<string>());
        await check.SubscribersAsync(subscribers, shown);
        await check.LogAsync(shown);
        return verdict.Wrong;
    }

    static async Task DoAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancelled);
    }
}
