using System.Globalization;

namespace PyBase.Tests.Chaos;

/// <summary>How much happens, and for how long.</summary>
/// <param name="Seed">Of everything that is chosen; what the machine makes of it is never twice the same.</param>
/// <param name="Least">No end before this.</param>
/// <param name="Faults">Nor before so many; a few chosen ones when 0.</param>
/// <param name="Writers">People who write.</param>
/// <param name="PerSecond">Writes of each in a second, when nothing is in the way.</param>
/// <param name="Subscribers">People who listen.</param>
/// <param name="JobEvery">A job of each kind.</param>
sealed record ChaosPlan(int Seed, TimeSpan Least, int Faults, int Writers, double PerSecond, int Subscribers, TimeSpan JobEvery)
{
    /// <summary>What every run of the tests has time for.</summary>
    public static readonly ChaosPlan Short = new(20261127, TimeSpan.Zero, 0, 8, 2, 8, TimeSpan.FromSeconds(4));

    /// <summary>As <c>eng/chaos.sh</c> asks.</summary>
    public static ChaosPlan Asked => Environment.GetEnvironmentVariable("PYBASE_CHAOS_MINUTES") is not { Length: > 0 } minutes ? Short
        : new(Number("SEED", 1), TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)), Number("FAULTS", 200), Number("WRITERS", 22), 5.5, Number("SUBSCRIBERS", 52), TimeSpan.FromSeconds(4));

    /// <summary>What runs it once more.</summary>
    public string Command => string.Create(CultureInfo.InvariantCulture, $"eng/chaos.sh {Least.TotalMinutes:0.#} {Seed} {Faults} {Writers} {Subscribers}");

    static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable($"PYBASE_CHAOS_{name}"), CultureInfo.InvariantCulture, out var given) ? given : otherwise;
}
