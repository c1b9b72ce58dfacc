using PyBase.Core.Jobs;
using PyBase.Core.Scaling;
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
