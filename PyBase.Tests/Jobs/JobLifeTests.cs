using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Ids;
using PyBase.Core.Jobs;
using PyBase.Storage;
using PyBase.Storage.Changes;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Storage.Notifications;
using PyBase.Storage.Postgres;
using PyBase.Storage.Scaling;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>What can happen to a job between its drop and its end, step by step, as several workers and people would do it at the worst moment.</summary>
public sealed class JobLifeTests(Servers servers) : IAsyncLifetime
{
    readonly string baseId = Id.New("app");
    TestDatabase database = null!;
    WebApplication app = null!;

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    JobStore Jobs => app.Services.GetRequiredService<JobStore>();

    JobClaims Claims => app.Services.GetRequiredService<JobClaims>();

    [Fact]
    public async Task A_worker_that_lost_its_lease_neither_writes_nor_ends_the_job_even_when_its_own_process_took_it_again()
    {
        var job = await DropAsync();
        var slow = (await Claims.ClaimAsync(job.Id, Cancelled))!;
        Assert.Null(await Claims.ClaimAsync(job.Id, Cancelled));
        await ExecuteAsync("update pybase.jobs set lease_until = now() - interval '1 second'");
        var next = (await Claims.ClaimAsync(job.Id, Cancelled))!;

        Assert.Equal(LeaseState.Lost, await slow.RenewAsync(new JobProgress(1, 2, "late"), Cancelled));
        Assert.False(await CheckpointAsync(slow));
        Assert.False(await slow.FinishAsync(JobState.Succeeded, [], null, null, Cancelled));
        Assert.True(await CheckpointAsync(next));
        Assert.True(await next.FinishAsync(JobState.Succeeded, [], null, null, Cancelled));
    }

    [Fact]
    public async Task A_success_is_refused_when_somebody_was_told_that_it_is_cancelled()
    {
        var job = await DropAsync();
        var lease = (await Claims.ClaimAsync(job.Id, Cancelled))!;
        Assert.Equal(JobState.Running, (await Jobs.CancelAsync(job.Id, Cancelled)).Value.State);
        Assert.False(await lease.FinishAsync(JobState.Succeeded, [], null, null, Cancelled));
        Assert.True(await lease.FinishAsync(JobState.Cancelled, [], null, null, Cancelled));
        Assert.Equal("job-finished", (await Jobs.CancelAsync(job.Id, Cancelled)).Error?.Code);
    }

    [Fact]
    public async Task A_job_that_waits_for_another_try_is_cancelled_by_a_worker_when_it_had_made_tables()
    {
        var job = await DropAsync();
        var lease = (await Claims.ClaimAsync(job.Id, Cancelled))!;
        Assert.True(await CheckpointAsync(lease));
        await lease.RetryLaterAsync(TimeSpan.FromHours(1), new JobError("x", "x", null), counts: true, Cancelled);

        Assert.Equal(JobState.Queued, (await Jobs.CancelAsync(job.Id, Cancelled)).Value.State);
        Assert.Equal(1L, await ScalarAsync("select count(*) from pybase.outbox where due <= now() and attempts = 0 and id > (select min(id) from pybase.outbox)"));
        Assert.True((await Claims.ClaimAsync(job.Id, Cancelled))!.Work.CancelRequested);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_does_not_use_up_a_try()
    {
        var job = await DropAsync();
        for (var i = 0; i < 7; i++)
            await (await Claims.ClaimAsync(job.Id, Cancelled))!.RetryLaterAsync(TimeSpan.Zero, new JobError("worker-stopped", "", null), counts: false, Cancelled);
        Assert.Equal(1, (await Claims.ClaimAsync(job.Id, Cancelled))!.Work.Attempt);
    }

    [Fact]
    public async Task A_message_that_comes_before_its_sender_has_finished_is_handed_back_all_the_same()
    {
        var job = await DropAsync();
        await using var sender = new NpgsqlConnection(database.ConnectionString);
        await sender.OpenAsync(Cancelled);
        await using var transaction = await sender.BeginTransactionAsync(Cancelled);
        await using (var sent = new NpgsqlCommand("delete from pybase.outbox", sender, transaction))
            Assert.Equal(1, await sent.ExecuteNonQueryAsync(Cancelled));
        await Claims.LeaveForLaterAsync(job.Id, Cancelled);
        await transaction.CommitAsync(Cancelled);
        Assert.Equal(1L, await ScalarAsync("select count(*) from pybase.outbox"));
    }

    /// <summary>Metrics, autoscaler, advice and the operations page read the queues by this one statement.</summary>
    [Fact]
    public async Task What_a_full_worker_handed_back_waits_and_what_failed_comes_later()
    {
        var (handedBack, failed, both) = (await DropAsync(), await DropAsync(), await DropAsync());
        foreach (var (job, delay) in new[] { (failed, TimeSpan.FromHours(1)), (both, TimeSpan.Zero) })
            await (await Claims.ClaimAsync(job.Id, Cancelled))!.RetryLaterAsync(delay, new JobError("x", "x", null), counts: true, Cancelled);
        // Their messages have come to a worker.
        await ExecuteAsync($"delete from pybase.outbox where job <> '{failed.Id}' or due <= now()");
        await Claims.LeaveForLaterAsync(handedBack.Id, Cancelled);
        await Claims.LeaveForLaterAsync(both.Id, Cancelled);

        var seen = (await app.Services.GetRequiredService<ScalingStore>().SampleAsync(TimeProvider.System.GetUtcNow(), Cancelled))[Queues.CadExtraction];

        Assert.Equal((2L, 1L, 1.0), (seen.Depth, seen.Later, Math.Round(seen.FailedPerSecond * 60)));
    }

    [Theory]
    [InlineData("finish")]
    [InlineData("cancel")]
    [InlineData("drain")]
    public async Task A_bulk_job_ends_with_its_last_child_whoever_ends_it(string by)
    {
        var bulk = await DropAsync("a.stp", "b.stp");
        var (first, last) = (bulk.Children![0].Id, bulk.Children[1].Id);
        await (await Claims.ClaimAsync(first, Cancelled))!.FinishAsync(JobState.Succeeded, [], null, null, Cancelled);
        Assert.Equal((JobState.Running, 1L), await StateAsync(bulk.Id));

        if (by == "finish")
            await (await Claims.ClaimAsync(last, Cancelled))!.FinishAsync(JobState.Succeeded, [], null, null, Cancelled);
        else if (by == "cancel")
            await Jobs.CancelAsync(last, Cancelled);
        else
            Assert.Equal(1, await Jobs.DrainAsync(Queues.CadExtraction, Cancelled));

        Assert.Equal((by == "finish" ? JobState.Succeeded : JobState.Failed, 2L), await StateAsync(bulk.Id));
        Assert.NotNull((await Jobs.FindAsync(bulk.Id, Cancelled))!.FinishedTime);
        if (by == "finish")
            return;
        // Again: only what did not succeed, and the bulk job goes on from there.
        Assert.Equal((JobState.Running, 1L), ((await Jobs.RetryAsync(bulk.Id, Cancelled)).Value.State, (await StateAsync(bulk.Id)).Done));
        Assert.Equal([JobState.Succeeded, JobState.Queued], (await Jobs.FindAsync(bulk.Id, Cancelled))!.Children!.OrderBy(c => c.Id == last).Select(c => c.State));
    }

    [Fact]
    public async Task Children_that_end_at_once_end_their_bulk_job_once()
    {
        var bulk = await DropAsync([.. Enumerable.Range(0, 12).Select(n => $"{n}.stp")]);
        var leases = await Task.WhenAll(bulk.Children!.Select(child => Claims.ClaimAsync(child.Id, Cancelled)));
        await Task.WhenAll(leases.Select((lease, n) => n % 4 == 3 ? Jobs.CancelAsync(lease!.Work.Id, Cancelled) : (Task)lease!.FinishAsync(JobState.Succeeded, [], null, null, Cancelled)));
        await Task.WhenAll(leases.Select(lease => lease!.FinishAsync(JobState.Cancelled, [], null, null, Cancelled)));
        Assert.Equal((JobState.Failed, 12L), await StateAsync(bulk.Id));
        Assert.NotNull((await Jobs.FindAsync(bulk.Id, Cancelled))!.FinishedTime);
    }

    [Fact]
    public async Task A_key_is_one_persons_for_one_base()
    {
        var file = File("a.stp");
        var mine = (await Jobs.EnqueueExtractionAsync(baseId, [file], "key", "usrA", Cancelled)).Value;
        Assert.Equal(mine.Id, (await Jobs.EnqueueExtractionAsync(baseId, [file], "key", "usrA", Cancelled)).Value.Id);
        Assert.NotEqual(mine.Id, (await Jobs.EnqueueExtractionAsync(baseId, [file], "key", "usrB", Cancelled)).Value.Id);
        var other = Id.New("app");
        await ExecuteAsync($"insert into pybase.bases (id, epoch) values ('{other}', 'e')");
        Assert.Equal("idempotency-key-used", (await Jobs.EnqueueExtractionAsync(other, [file], "key", "usrA", Cancelled)).Error?.Code);
    }

    [Fact]
    public async Task Pages_of_jobs_hold_each_once_newest_first()
    {
        var dropped = new List<string>();
        for (var i = 0; i < 7; i++)
            dropped.Add((await DropAsync()).Id);
        var seen = new List<string>();
        for (IReadOnlyList<Job> page; (page = await Jobs.ListAsync(baseId, null, null, seen.LastOrDefault(), 3, Cancelled)).Count > 0;)
            seen.AddRange(page.Select(job => job.Id));
        dropped.Reverse();
        Assert.Equal(dropped, seen);
    }

    [Fact]
    public async Task What_no_row_names_is_swept_after_a_day_and_what_one_names_stays()
    {
        var (store, sweep) = (app.Services.GetRequiredService<FileStore>(), ActivatorUtilities.CreateInstance<FileSweep>(app.Services));
        var named = await StoreAsync(store, "named");
        var refused = await StoreAsync(store, "refused");
        var fresh = await StoreAsync(store, "fresh");
        await Jobs.EnqueueExtractionAsync(baseId, [new DroppedFile("a.stp", "text/plain", named)], null, "usrA", Cancelled);
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(Convert.ToHexStringLower(fresh.Sha256), StringComparison.Ordinal)))
            System.IO.File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromHours(25));

        Assert.Equal(1, await sweep.RunAsync(Cancelled));
        await store.OpenRead(named.Sha256).DisposeAsync();
        await store.OpenRead(fresh.Sha256).DisposeAsync();
        Assert.Throws<FileNotFoundException>(() => store.OpenRead(refused.Sha256));
    }

    [Fact]
    public async Task Ended_jobs_that_nothing_came_from_are_forgotten_in_time_and_others_stay()
    {
        (string Kind, string State, int Days)[] gone = [("email", "succeeded", 31), ("automation", "failed", 31), ("ping", "parked", 8), ("export", "succeeded", 91), ("comparison", "failed", 91)];
        (string Kind, string State, int Days)[] stay = [("email", "succeeded", 29), ("email", "parked", 31), ("automation", "running", 31), ("export", "succeeded", 89), ("export", "queued", 91), ("comparison", "parked", 91), ("extraction", "succeeded", 400), ("import", "failed", 400)];
        await using var data = NpgsqlDataSource.Create(database.ConnectionString);
        foreach (var (kind, state, days) in gone.Concat(stay))
        {
            await using var insert = data.CreateCommand("insert into pybase.jobs (id, base, kind, queue, state, created, finished) values ($1, $2, $3, $3, $4, now() - $5, case when $4 in ('queued', 'running') then null else now() - $5 end)");
            foreach (var value in (object[])[$"{kind}-{state}-{days}", kind is "email" ? DBNull.Value : baseId, kind, state, TimeSpan.FromDays(days)])
                insert.Parameters.Add(new() { Value = value });
            await insert.ExecuteNonQueryAsync(Cancelled);
        }

        await ActivatorUtilities.CreateInstance<MessageSweep>(app.Services).RunAsync(Cancelled);

        await using var left = data.CreateCommand("select array_agg(id) from pybase.jobs");
        Assert.Equal(stay.Select(job => $"{job.Kind}-{job.State}-{job.Days}").Order(StringComparer.Ordinal), ((string[])(await left.ExecuteScalarAsync(Cancelled))!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_not_the_senders_fault()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(Folder, "incoming"), "in the way", Cancelled);
        await Assert.ThrowsAsync<FileStoreException>(() => StoreAsync(app.Services.GetRequiredService<FileStore>(), "x"));
    }

    string Folder { get; } = TestRun.NewFolder("store");

    public async ValueTask InitializeAsync()
    {
        database = await (await servers.PostgresAsync()).CopyDatabaseAsync("storage", async (connectionString, cancellation) =>
        {
            await using var migrating = Host(connectionString);
            await migrating.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(cancellation);
        }, Cancelled);
        app = Host(database.ConnectionString);
        await ExecuteAsync($"insert into pybase.bases (id, epoch) values ('{baseId}', 'e'); insert into pybase.transaction_numbers (base) values ('{baseId}')");
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    WebApplication Host(string connectionString)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["ConnectionStrings:pybase"] = connectionString;
        builder.Configuration["ConnectionStrings:cache"] = "127.0.0.1:1,abortConnect=false,connectTimeout=100";
        builder.Configuration["Files:Path"] = Folder;
        builder.Logging.ClearProviders();
        builder.AddStorage();
        builder.Services.AddSingleton<JobClaims>();
        return builder.Build();
    }

    static DroppedFile File(string name) => new(name, "text/plain", new StoredFile(new byte[32], 1));

    static async Task<StoredFile> StoreAsync(FileStore store, string content)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
        return (await store.WriteAsync(stream, Cancelled))!;
    }

    async Task<Job> DropAsync(params string[] names) =>
        (await Jobs.EnqueueExtractionAsync(baseId, [.. (names.Length == 0 ? ["a.stp"] : names).Select(File)], null, "usrA", Cancelled)).Value;

    async Task<(string State, long Done)> StateAsync(string job) => await Jobs.FindAsync(job, Cancelled) is { } found ? (found.State, found.Progress.Done) : default;

    /// <summary>As a chunk of rows would be written.</summary>
    async Task<bool> CheckpointAsync(JobLease lease)
    {
        var held = false;
        await app.Services.GetRequiredService<BaseWriter>().WriteAsync<bool>(baseId, new Origin(null, "Test"), _ => WriteScope.Schema, async transaction =>
            held = await lease.CheckpointAsync(transaction, JsonSerializer.SerializeToElement(new { rows = 1 }), Cancelled), Cancelled);
        return held;
    }

    async Task ExecuteAsync(string sql) => await ScalarAsync(sql);

    async Task<object?> ScalarAsync(string sql)
    {
        await using var command = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancelled);
    }
}
