namespace PyBase.Core.Scaling;

/// <summary>Ways to pay less.</summary>
/// <param name="Reserved">API, database and Redis for a year: for what is busy more than 70 % of the time.</param>
/// <param name="SpotWorkers">Workers on machines that may be taken away: a job goes on elsewhere.</param>
/// <param name="Arm">Graviton and the like; PyBase runs on both.</param>
public sealed record PriceOptions(bool Reserved = false, bool SpotWorkers = false, bool Arm = false);

/// <summary>One line of a plan: so many of a part, of that size, for so much a month.</summary>
/// <param name="Part">As on the operations page.</param>
/// <param name="Count">How many always run.</param>
/// <param name="Most">How many run at the busiest moment, where they come and go.</param>
/// <param name="Size">Instance, cores and memory.</param>
/// <param name="Setting">What to set it to.</param>
/// <param name="PerMonth">For <paramref name="Count"/>.</param>
public sealed record PlanLine(string Part, int Count, int Most, string Size, string Setting, double PerMonth);

/// <summary>How busy a part will be.</summary>
/// <param name="Part">Whose.</param>
/// <param name="Cores">Cores that the workload takes.</param>
/// <param name="Of">Cores that the plan has.</param>
public sealed record PlanLoad(string Part, double Cores, double Of)
{
    /// <summary>0 to 1 and beyond.</summary>
    public double Share => Cores / Of;
}

/// <summary>What a workload needs.</summary>
/// <param name="Tier">Name of the tier, as in <c>--tier</c>.</param>
/// <param name="Lines">The parts.</param>
/// <param name="Load">How busy they will be.</param>
/// <param name="Pool">Connections a process keeps and opens at most.</param>
/// <param name="StorageGiB">Of the database.</param>
/// <param name="FilesGiB">Of the file store, after a year.</param>
/// <param name="Currency">Of the prices.</param>
/// <param name="PerMonth">From, when the autoscaler has taken away what is not needed.</param>
/// <param name="PerMonthMost">To, when all that may run runs.</param>
/// <param name="GuideFrom">The scaling guide's range.</param>
/// <param name="GuideTo">Null where it is open.</param>
/// <param name="Notes">What is worth knowing.</param>
public sealed record CapacityPlan(
    string Tier, IReadOnlyList<PlanLine> Lines, IReadOnlyList<PlanLoad> Load, PoolSize Pool, double StorageGiB, double FilesGiB, string Currency,
    double PerMonth, double PerMonthMost, double GuideFrom, double? GuideTo, IReadOnlyList<string> Notes)
{
    /// <summary>How many of a part.</summary>
    public int Count(string part) => Lines.Where(l => l.Part == part).Sum(l => l.Count);
}
