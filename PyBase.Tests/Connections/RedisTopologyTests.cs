using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using PyBase.Realtime.Presence;
using PyBase.Storage.Changes;
using PyBase.Storage.Connections;
using PyBase.Tests.Support;
using StackExchange.Redis;

namespace PyBase.Tests.Connections;

/// <summary>What PyBase asks of Redis, of whatever kind the connection string names: signals from one process to another, and who is where.</summary>
public sealed class RedisTopologyTests(ITestOutputHelper output)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Under_a_sentinel_signals_go_on_after_the_primary_is_killed()
    {
        await using var redis = await RedisTopology.WithSentinelAsync(Cancelled);
        using IHost writer = Host(redis), listener = Host(redis);
        var heard = await ListenAsync(listener);
        await TellAsync(writer, heard, 0);
        await MeetAsync(writer, listener);

        await redis.Nodes[0].KillAsync();
        var began = Stopwatch.GetTimestamp();
        // A writer neither waits nor fails meanwhile.
        await TellAsync(writer, heard, 1);
        await TellAsync(listener, await ListenAsync(writer), 2);
        var signals = Stopwatch.GetElapsedTime(began);
        // Written is only where there is a primary again.
        await MeetAsync(writer, listener);
        output.WriteLine($"After the loss of the primary, measured: signals {signals.TotalSeconds:0.0} s, writes {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        var report = await writer.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "redis", Cancelled);
        Assert.Equal(HealthStatus.Healthy, report.Status);
    }

    [Fact]
    public async Task On_a_cluster_signals_and_presence_work_and_the_loss_of_all_nodes_costs_neither_an_error_nor_a_wait()
    {
        await using var redis = await RedisTopology.ClusterAsync(Cancelled);
        using IHost writer = Host(redis), listener = Host(redis);
        var heard = await ListenAsync(listener);
        await TellAsync(writer, heard, 0);
        await MeetAsync(writer, listener);

        foreach (var node in redis.Nodes)
            await node.KillAsync();
        writer.Services.GetRequiredService<ChangeSignals>().Publish(Signal(1));
        var store = writer.Services.GetRequiredService<PresenceStore>();
        await Wait.UntilAsync(() => store.ReadAsync("tblA"), there => there.Length == 0);
        await store.WriteAsync("tblA", [new("tblA", "usrA", "one", "there")]);
        var report = await writer.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "redis", Cancelled);
        Assert.Equal(HealthStatus.Degraded, report.Status);
    }

    static ChangeSignal Signal(long number) => new("appA", number, new Dictionary<string, long> { ["tblA"] = number }, null, null);

    static async Task<ConcurrentDictionary<long, bool>> ListenAsync(IHost host)
    {
        var heard = new ConcurrentDictionary<long, bool>();
        await host.Services.GetRequiredService<ChangeSignals>().ListenAsync(signal => heard[signal.Number] = true);
        return heard;
    }

    /// <summary>Tells until it is heard: a signal is a hint, and one that is lost is found by polling.</summary>
    static Task TellAsync(IHost from, ConcurrentDictionary<long, bool> heard, long number) => Wait.UntilAsync(() =>
    {
        from.Services.GetRequiredService<ChangeSignals>().Publish(Signal(number));
        return heard.ContainsKey(number);
    });

    /// <summary>Two processes write who is at forty tables, whose keys lie anywhere, and each reads all of them.</summary>
    static async Task MeetAsync(IHost one, IHost other)
    {
        var (first, second) = (one.Services.GetRequiredService<PresenceStore>(), other.Services.GetRequiredService<PresenceStore>());
        foreach (var table in Enumerable.Range(0, 40).Select(n => $"tbl{(char)('A' + n)}"))
        {
            string[] there = [];
            // A client that has just lost its server finds the new one a moment later.
            for (var tries = 0; there.Length < 2; tries++)
            {
                Assert.True(tries < 500, $"{string.Join(", ", there)} at {table}");
                if (tries > 0)
                    await Task.Delay(20, Cancelled);
                await first.WriteAsync(table, [new(table, "usrA", "one", "first")]);
                await second.WriteAsync(table, [new(table, "usrB", "two", "second")]);
                there = await second.ReadAsync(table);
            }
            Assert.Equal(["first", "second"], there.Order());
        }
    }

    static IHost Host(RedisTopology redis)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "PyBase.Tests" });
        builder.Configuration["ConnectionStrings:pybase"] = "Host=127.0.0.1;Port=1";
        builder.Configuration["ConnectionStrings:cache"] = redis.ConnectionString + ",connectTimeout=500,asyncTimeout=1000";
        builder.AddConnections();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ChangeSignals>();
        builder.Services.AddSingleton<PresenceStore>();
        return builder.Build();
    }
}
