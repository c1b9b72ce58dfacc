using System.Globalization;
using PyBase.Core.Errors;

namespace PyBase.Core.Scaling;

/// <summary>
/// From people and work to machines and money: the guide's tier for so many users, and more of what the measured costs say is too little. Pure; what it says is
/// checked by <see cref="LoadSimulation"/>.
/// </summary>
public static class CapacityPlanner
{
    /// <summary>Below the 70 % at which the guide scales up.</summary>
    public const double Aim = 0.6;

    /// <summary>Bytes of a drawing, as a whole year of them fills the store.</summary>
    const double FileMiB = 5;

    /// <summary>The most that this planner knows about.</summary>
    public const int MostUsers = 1_000_000;

    /// <summary>The plan, or what is wrong with the question.</summary>
    public static Result<CapacityPlan> Plan(Workload workload, RequestCosts costs, Prices prices, PriceOptions options)
    {
        if (Faults(workload) is [_, ..] faults)
            return PlanErrors.Invalid with { Faults = faults };
        var tier = Choose(workload, costs, prices);
        var of = prices.Tiers[tier.Name];
        var (apiCores, databaseCores, liveCores, workerCores) = Cores(workload, costs);
        var (machine, database) = (prices.Instances[of.Api], prices.Instances[of.Database]);
        var api = Math.Max(tier.Api, Needed(apiCores, machine.Cpus));
        var live = Math.Max(tier.Realtime, Math.Max(Needed(liveCores, machine.Cpus), Sockets(workload, costs, machine)));
        var workerFactor = Math.Max(1, (double)Needed(workerCores, prices.Instances[of.Workers].Cpus) / tier.Workers.Sum(p => p.Processes));
        var pools = tier.Workers.Select(p => p with { Processes = (int)Math.Ceiling(p.Processes * workerFactor) }).ToList();
        var standbyCores = tier.DatabaseReplicas * database.Cpus;
        var shards = Math.Max(1, Needed(databaseCores, database.Cpus + standbyCores));
        var isOneProcess = tier == Tiers.Small && api == 1;
        var sized = isOneProcess ? tier with { Realtime = 0, Workers = [] } : tier with { Api = api, Realtime = live, Workers = pools };
        var (storage, files) = (20 + workload.Rows * costs.RowBytes * 1.5 / (1L << 30), workload.FilesPerDay * 365 * FileMiB / 1024);

        double Hired(string instance, int count, bool isSpot) => count * prices.Month(instance) * (options.Arm ? 1 - prices.ArmDiscount : 1)
            * (isSpot ? options.SpotWorkers ? 1 - prices.SpotDiscount : 1 : options.Reserved ? 1 - prices.ReservedDiscount : 1);
        string Size(string name) => Text($"{name} ({prices.Instances[name].Cpus} vCPU, {prices.Instances[name].MemoryGiB:0.#} GiB)");
        PlanLine Line(string part, int count, int most, string instance, string setting, bool isSpot = false) => new(part, count, most, Size(instance), setting, Math.Round(Hired(instance, count, isSpot)));

        var pool = Text($"Minimum Pool Size={sized.Pool.Minimum}, Maximum Pool Size={sized.Pool.Maximum}");
        List<PlanLine> lines = [Line("api", api, isOneProcess ? 1 : api * 2, of.Api, isOneProcess ? "PyBase.Standalone, or api, realtime and workers on one machine" : pool)];
        if (!isOneProcess)
        {
            lines.Add(Line("realtime", live, live * 2, of.Api, pool));
            lines.AddRange(pools.Select(p => Line(p.Name, p.Processes, p.Processes * 4, of.Workers, $"Workers:Concurrency={tier.Concurrency}", isSpot: true)));
        }
        var settings = string.Join(", ", ServerSettings.Postgres(tier).Take(3).Select(s => $"{s.Key}={s.Value}"));
        lines.Add(Line("postgres", shards * (1 + tier.DatabaseReplicas), shards * (1 + tier.DatabaseReplicas), of.Database, settings));
        lines.Add(Line("redis", tier.RedisNodes, tier.RedisNodes, of.Redis, string.Join(", ", ServerSettings.Redis(tier).Take(2).Select(s => $"{s.Key}={s.Value}"))));
        if (of.Brokers > 0)
            lines.Add(Line("rabbitmq", of.Brokers, of.Brokers, prices.Broker, of.Brokers > 1 ? "quorum queues" : "one node"));
        lines.Add(new("other", 1, 1, "load balancer, monitoring, logs, CDN, storage", "", Math.Round(of.OtherPerMonth + storage * shards * (1 + tier.DatabaseReplicas) * prices.DatabaseStoragePerGiBMonth + files * prices.StoragePerGiBMonth)));

        List<PlanLoad> load = isOneProcess ? [new("api", apiCores + liveCores + workerCores, machine.Cpus)]
            : [new("api", apiCores, api * machine.Cpus), new("realtime", liveCores, live * machine.Cpus), new("workers", workerCores, pools.Sum(p => p.Processes) * prices.Instances[of.Workers].Cpus)];
        load.Add(new("postgres", databaseCores, shards * (database.Cpus + standbyCores)));
        var month = lines.Sum(l => l.PerMonth);
        var most = month + lines.Where(l => l.Most > l.Count && l.Count > 0).Sum(l => l.PerMonth / l.Count * (Scaled(l) - l.Count));
        return new CapacityPlan(tier.Name, lines, load, sized.Pool, Math.Ceiling(storage), Math.Ceiling(files), prices.Currency, month, Math.Round(most),
            of.Guide[0]!.Value, of.Guide[1], [.. PlanNotes.Of(workload, tier, sized, shards, options)]);
    }

    /// <summary>Half of what may come on top runs at the busiest hour of a month, and is paid for by the second.</summary>
    static double Scaled(PlanLine line) => line.Count + (line.Most - line.Count) / 2.0;

    /// <summary>The smallest tier that is meant for so many people, whose database carries them.</summary>
    static Tier Choose(Workload workload, RequestCosts costs, Prices prices) =>
        Tiers.All.FirstOrDefault(tier => workload.Users <= tier.UpToUsers
            && Cores(workload, costs).Database <= Aim * prices.Instances[prices.Tiers[tier.Name].Database].Cpus * (1 + tier.DatabaseReplicas)
            && Cores(workload, costs).Api <= Aim * 2 * tier.Api * tier.Replica.Cpus) ?? Tiers.Enterprise;

    /// <summary>Cores that the workload keeps busy.</summary>
    public static (double Api, double Database, double Live, double Workers) Cores(Workload workload, RequestCosts costs) =>
        ((workload.Reads * costs.PageApiMs + workload.Edits * costs.EditApiMs) / 1000,
            (workload.Reads * costs.PageDatabaseMs + workload.Edits * costs.EditDatabaseMs) / 1000,
            workload.Deliveries * costs.DeliveryMs / 1000, workload.FilesPerSecond * costs.FileSeconds);

    static int Needed(double cores, double cpus) => (int)Math.Max(1, Math.Ceiling(cores / (cpus * Aim)));

    static int Sockets(Workload workload, RequestCosts costs, Instance machine) =>
        (int)Math.Max(1, Math.Ceiling(workload.Users * costs.SocketKiB / 1024 / ((machine.MemoryGiB * 1024 - costs.ProcessMiB) * Aim)));

    static List<FieldFault> Faults(Workload workload)
    {
        var faults = new List<FieldFault>();
        if (workload.Users is < 1 or > MostUsers)
            faults.Add(new("users", $"Say 1 to {MostUsers:N0} people."));
        if (workload.EditsPerSecond is < 0 or > 1_000_000 or double.NaN)
            faults.Add(new("editsPerSecond", "Say 0 to 1,000,000 changes a second."));
        if (workload.Rows is < 0 or > 1_000_000_000_000)
            faults.Add(new("rows", "Say 0 to a million million rows."));
        if (workload.FilesPerDay is < 0 or > 10_000_000)
            faults.Add(new("filesPerDay", "Say 0 to ten million files."));
        return faults;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Refusals of the planner.</summary>
public static class PlanErrors
{
    /// <summary>Something of the workload is out of range.</summary>
    public static readonly Error Invalid = new("invalid-workload", ErrorKind.Invalid, "For this workload there is no plan.", "users is needed; editsPerSecond, rows and filesPerDay may be left out.");

    /// <summary>The file of <c>Scaling:Prices</c> is not to be used.</summary>
    public static Error NoPrices(string why) => new("invalid-price-table", ErrorKind.Unavailable, why, "Scaling:Prices names a file of the form of PyBase.Core/Scaling/prices.json; without it the listed prices are taken.");
}
