using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using PyBase.Core.Jobs;
using PyBase.Core.Scaling;
using PyBase.Tests.Support;
using PyBase.Workers.Scaling;
using Xunit;

namespace PyBase.Tests.Scaling;

public sealed class TiersTests
{
    public static TheoryData<string> Names => new(Tiers.All.Select(tier => tier.Name));

    [Theory, MemberData(nameof(Names))]
    public void All_pools_together_stay_inside_the_connection_budget(string name)
    {
        var tier = Tiers.Named(name);

        Assert.InRange(tier.Processes * tier.Pool.Maximum, 1, tier.MaxConnections - ConnectionBudget.Reserved);
        Assert.InRange(tier.Pool.Minimum, 1, tier.Pool.Maximum);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_queue_has_exactly_one_pool(string name) =>
        Assert.Equal(Queues.All.Order(), Tiers.Named(name).Workers.SelectMany(pool => pool.Queues).Order());

    /// <summary>As the workers read them that are published with them.</summary>
    [Theory, MemberData(nameof(Names))]
    public void The_autoscaler_is_told_of_every_pool_and_its_bounds(string name)
    {
        var settings = ScalingPools.Settings(Tiers.Named(name)).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value));
        var options = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Autoscaler").Get<AutoscalerOptions>()!;

        Assert.Equal(
            Tiers.Named(name).Workers.Select(pool => (pool.Name, string.Join(',', pool.Queues), (int?)pool.Processes, (int?)(pool.Processes * ScalingPools.Growth), (string?)null)).Order(),
            options.Pools.Select(pool => (pool.Key, pool.Value.Queues, pool.Value.Min, pool.Value.Max, pool.Value.Deployment)).Order());
    }

    /// <summary>Nobody is killed in the middle of what the process is given time for, and the guide says the same times.</summary>
    [Fact]
    public void A_process_that_drains_has_time_to_end()
    {
        Assert.Equal(new HostOptions().ShutdownTimeout, Draining.UnderWay);
        Assert.True(Draining.Grace > Draining.InCluster + Draining.UnderWay && Draining.InCluster > Draining.BehindProxy);
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "deployment-guide.md"));
        Assert.Contains($"| nginx | {Draining.BehindProxy:c} |", guide, StringComparison.Ordinal);
        Assert.Contains($"| HAProxy | {Draining.BehindProxy:c} |", guide, StringComparison.Ordinal);
        Assert.Contains($"| Kubernetes | {Draining.InCluster:c} |", guide, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_are_the_guides()
    {
        Assert.Equal(
            [(1, 1, 2, 50, 20, 20), (3, 3, 4, 200, 60, 50), (5, 8, 8, 500, 150, 100), (10, 16, 16, 1000, 300, 200)],
            Tiers.All.Select(tier => (tier.Api, tier.Workers.Sum(pool => pool.Processes), tier.Concurrency, tier.MaxConnections,
                tier.GuidePool.Maximum, tier.RedisMaxClients)));
    }

    [Fact]
    public void The_contradiction_of_the_guide_at_medium_is_cut_and_said()
    {
        Assert.Equal(new PoolSize(20, 23), Tiers.Medium.Pool);
        Assert.True(Tiers.Medium.PoolIsCut);
    }

    [Fact]
    public void The_servers_get_their_share_of_the_memory()
    {
        Assert.Equal(
            ["max_connections=200", "shared_buffers=2048MB", "effective_cache_size=6144MB", "maintenance_work_mem=512MB"],
            ServerSettings.Postgres(Tiers.Medium).Take(4).Select(setting => $"{setting.Key}={setting.Value}"));
        Assert.Equal(
            ["maxmemory=3993mb", "maxmemory-policy=allkeys-lru", "maxclients=400"],
            ServerSettings.Redis(Tiers.Medium).Take(3).Select(setting => $"{setting.Key}={setting.Value}"));
    }

    [Fact]
    public void An_unknown_tier_is_answered_with_the_names_there_are() =>
        Assert.Contains("small, medium, large, enterprise", Assert.Throws<ArgumentException>(() => Tiers.Named("huge")).Message);
}
