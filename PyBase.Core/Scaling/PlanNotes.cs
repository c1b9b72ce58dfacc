namespace PyBase.Core.Scaling;

/// <summary>What a plan has to say besides its numbers.</summary>
static class PlanNotes
{
    public static IEnumerable<string> Of(Workload workload, Tier tier, Tier sized, int shards, PriceOptions options)
    {
        if (GuideInstances(tier) * tier.GuidePool.Maximum > tier.MaxConnections && !tier.PgBouncer)
            yield return $"The guide contradicts itself: its {GuideInstances(tier)} × {tier.GuidePool.Maximum} connections ({tier.GuidePool.Minimum} + {tier.GuidePool.Maximum - tier.GuidePool.Minimum} overflow) "
                + $"are more than its MAX_CONNECTIONS of {tier.MaxConnections}. Pools are cut to {sized.Pool.Maximum} a process, so that {sized.Processes} processes stay within {tier.MaxConnections - ConnectionBudget.Reserved}.";
        else if (sized.PoolIsCut)
            yield return $"{sized.Processes} processes × {sized.GuidePool.Maximum} connections are more than max_connections {tier.MaxConnections}: pools are cut to {sized.Pool.Maximum} a process"
                + (tier.PgBouncer ? ", and PgBouncer shares them." : ".");
        if (sized.Api > tier.Api || sized.Realtime > tier.Realtime || sized.Workers.Sum(p => p.Processes) > tier.Workers.Sum(p => p.Processes))
            yield return $"The measured costs ask for more than the guide's {tier.Name}: {sized.Api} api, {sized.Realtime} realtime, {sized.Workers.Sum(p => p.Processes)} workers.";
        if (shards > 1)
            yield return $"One database would be too busy: {shards} shards, each with its standbys. A base lives on one of them.";
        if (workload.Users > tier.UpToUsers * 0.8 && tier != Tiers.Enterprise)
            yield return $"This is near the end of {tier.Name} ({tier.UpToUsers:N0} users): look at the next tier before the year is over.";
        if (options.SpotWorkers)
            yield return "Workers on spot machines: when one is taken away its job goes on elsewhere within seconds. Leave one worker of each pool on a machine that stays.";
        if (options.Reserved)
            yield return "Reserved prices pay off above 70 % use: reserve what always runs, not what the autoscaler adds.";
        if (tier == Tiers.Enterprise)
            yield return "The guide's second region (standby database, files and queues) is not in the price: it costs about as much again for database and storage.";
    }

    /// <summary>The guide's own upper number of instances.</summary>
    static int GuideInstances(Tier tier) => tier == Tiers.Medium ? 5 : tier.Api;
}
