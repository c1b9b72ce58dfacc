using PyBase.Core.Scaling;

namespace PyBase.Tests.Scaling;

/// <summary>What <c>docs/scaling.md</c> claims of the autoscaler, against a fixed pool and KEDA's formula, holds in the simulation it shows.</summary>
public sealed class WhatIfTests
{
    [Fact]
    public void The_same_seed_gives_the_same_run_and_every_job_comes_to_its_end()
    {
        var (first, again) = (Policy(Scenario.Poison), Policy(Scenario.Poison));

        Assert.Equal(first.Points, again.Points);
        Assert.NotEqual(first.Points, WhatIf.Run(Scenario.Poison, Scalers.Policy(WhatIfCases.Rule), WhatIfCases.Rule.Min, seed: 2).Points);
        Assert.InRange(first.Parked / (double)(first.Parked + first.Done), 0.9, 0.99);
        Assert.Equal(0, first.Points[^1].Depth);
    }

    [Fact]
    public void A_burst_waits_less_than_with_a_fixed_pool_and_with_KEDA()
    {
        var (fixedPool, keda, policy) = (WhatIfCases.Fixed(Scenario.Burst), WhatIfCases.Keda(Scenario.Burst), Policy(Scenario.Burst));

        Assert.InRange(policy.WaitP95, 0, fixedPool.WaitP95 / 2);
        Assert.InRange(policy.WaitP95, 0, keda.WaitP95);
        Assert.Equal(fixedPool.Done, policy.Done);
    }

    [Fact]
    public void Over_a_day_nobody_waits_long_and_workers_go_when_work_does()
    {
        var (fixedPool, policy) = (WhatIfCases.Fixed(Scenario.DailyWave), Policy(Scenario.DailyWave));

        Assert.InRange(policy.WaitP95, 0, fixedPool.WaitP95 / 4);
        Assert.Equal(WhatIfCases.Rule.Min, policy.Points[^1].Workers);
        Assert.InRange(policy.WorkerHours, 0, policy.MostWorkers * 24 * 0.6);
    }

    [Fact]
    public void Poison_brings_fewer_workers_than_to_one_who_does_not_see_that_jobs_fail()
    {
        var blind = Scalers.Policy(WhatIfCases.Rule);
        var unseen = WhatIf.Run(Scenario.Poison, (samples, workers, now) => blind([.. samples.Select(s => s with { FailedPerSecond = 0 })], workers, now), WhatIfCases.Rule.Min);
        var policy = Policy(Scenario.Poison);

        Assert.InRange(policy.MostWorkers, WhatIfCases.Rule.Min, unseen.MostWorkers - 1);
        Assert.InRange(policy.WorkerHours, 0, unseen.WorkerHours * 0.9);
    }

    [Fact]
    public void No_scaler_changes_its_mind_all_the_time() =>
        Assert.All(Scenario.All, scenario => Assert.InRange(Policy(scenario).Changes, 0, scenario.Length.TotalMinutes / 2));

    static WhatIfOutcome Policy(Scenario scenario) => WhatIfCases.Policy(scenario);
}
