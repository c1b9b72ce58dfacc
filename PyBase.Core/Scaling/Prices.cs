using System.Text.Json;

namespace PyBase.Core.Scaling;

/// <summary>A machine that can be hired.</summary>
public sealed record Instance(int Cpus, double MemoryGiB, double PerHour);

/// <summary>What a tier is made of.</summary>
/// <param name="Api">Instance of an API or realtime replica.</param>
/// <param name="Workers">Of a worker process.</param>
/// <param name="Database">Of PostgreSQL and each of its standbys.</param>
/// <param name="Redis">Of a Redis node.</param>
/// <param name="Brokers">Nodes of RabbitMQ.</param>
/// <param name="OtherPerMonth">Load balancers, monitoring, log storage, CDN.</param>
/// <param name="Guide">The scaling guide's range a month; the end is null where it is open.</param>
public sealed record TierPrices(string Api, string Workers, string Database, string Redis, int Brokers, double OtherPerMonth, IReadOnlyList<double?> Guide);

/// <summary>The price table: <c>prices.json</c>, or a file of the same form with other figures.</summary>
public sealed record Prices(
    string Currency, double HoursPerMonth, double ReservedDiscount, double SpotDiscount, double ArmDiscount, double StoragePerGiBMonth, double DatabaseStoragePerGiBMonth,
    IReadOnlyDictionary<string, Instance> Instances, IReadOnlyDictionary<string, TierPrices> Tiers, string Broker)
{
    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The table that PyBase comes with.</summary>
    public static Prices Listed { get; } = Embedded.Read<Prices>("prices.json", s_json);

    /// <summary>Another table, as JSON; a <see cref="FormatException"/> says what is wrong with it.</summary>
    public static Prices Parse(string json)
    {
        try
        {
            var prices = JsonSerializer.Deserialize<Prices>(json, s_json) ?? throw new FormatException("it is empty.");
            foreach (var tier in Scaling.Tiers.All.Select(tier => prices.Tiers[tier.Name]))
                foreach (var instance in (string[])[tier.Api, tier.Workers, tier.Database, tier.Redis, prices.Broker])
                    _ = prices.Instances[instance];
            return prices;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or FormatException)
        {
            throw new FormatException($"This is no price table: {wrong.Message} It has the form of PyBase.Core/Scaling/prices.json.", wrong);
        }
    }

    /// <summary>A month of it.</summary>
    public double Month(string instance) => Instances[instance].PerHour * HoursPerMonth;
}
