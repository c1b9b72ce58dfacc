namespace PyBase.Core.Scaling;

/// <summary>A stretch of work that might come, to see what an autoscaler would do.</summary>
/// <param name="Name">For plots.</param>
/// <param name="Length">How long jobs arrive.</param>
/// <param name="ArrivalsPerSecond">At a second since the start.</param>
/// <param name="MostArrivals">The highest of these.</param>
/// <param name="JobSeconds">What a job takes on average.</param>
/// <param name="PoisonShare">How many of the jobs fail whenever they are tried.</param>
public sealed record Scenario(string Name, TimeSpan Length, Func<double, double> ArrivalsPerSecond, double MostArrivals, double JobSeconds, double PoisonShare = 0)
{
    /// <summary>A quiet queue, and within two minutes 1,500 drawings.</summary>
    public static Scenario Burst { get; } = new("burst", TimeSpan.FromHours(1.5), second => second is >= 600 and < 720 ? 12.5 : 0.1, 12.5, 4);

    /// <summary>A working day: nothing at night, a hill before noon and a lower one after.</summary>
    public static Scenario DailyWave { get; } = new("daily wave", TimeSpan.FromHours(24), second => 0.02 + 2.2 * Hill(second, 10.5, 1.8) + 1.6 * Hill(second, 15, 2), 2.4, 4);

    /// <summary>A folder of broken files with a few good ones: 19 in 20 fail, five times each.</summary>
    public static Scenario Poison { get; } = new("poison messages", TimeSpan.FromHours(1), second => second is >= 600 and < 1200 ? 3 : 0.1, 3, 4, PoisonShare: 0.95);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [Burst, DailyWave, Poison];

    static double Hill(double second, double hour, double width) => Math.Exp(-Math.Pow((second / 3600 - hour) / width, 2));
}
