using System.Globalization;

namespace PyBase.Benchmarks.Tables;

/// <summary>Seconds of processor time that PyBase, PostgreSQL and this program have used so far; zero where the system does not say.</summary>
readonly record struct Processors(double PyBase, double Postgres, double Client)
{
    /// <summary>Ticks of <c>/proc/*/stat</c> in a second.</summary>
    const double Ticks = 100;

    public static Processors Now(int pybase, int postmaster)
    {
        if (!Directory.Exists("/proc/self"))
            return default;
        return new(Of(pybase), WithChildren(postmaster), Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    /// <summary>Seconds that one process has used.</summary>
    public static double Of(int process) => Stat($"/proc/{process}")?.Seconds ?? 0;

    /// <summary>Seconds that a process and those it began have used: PostgreSQL has one for each connection.</summary>
    public static double WithChildren(int process) => !Directory.Exists("/proc/self") ? 0
        : Directory.EnumerateDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])).Sum(f => Stat(f) is { } stat && (stat.Parent == process || f == $"/proc/{process}") ? stat.Seconds : 0);

    /// <summary>What one round of many cost, and whom.</summary>
    public string Each(int rounds)
    {
        var sum = PyBase + Postgres + Client;
        return sum == 0 || rounds == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $"{sum / rounds * 1000:0.00} ms of a core: PyBase {PyBase / sum:P0}, PostgreSQL {Postgres / sum:P0}, the client {Client / sum:P0}");
    }

    public static Processors operator +(Processors one, Processors other) => new(one.PyBase + other.PyBase, one.Postgres + other.Postgres, one.Client + other.Client);

    public static Processors operator -(Processors one, Processors other) => new(one.PyBase - other.PyBase, one.Postgres - other.Postgres, one.Client - other.Client);

    /// <summary>Field 4 is the parent; 14 to 17 are user and system time, its own and that of its children who have ended. The name before them may hold blanks.</summary>
    static (int Parent, double Seconds)? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(folder + "/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(t => long.Parse(t, CultureInfo.InvariantCulture)) / Ticks);
        }
        catch (IOException)
        {
            return null; // ended in between
        }
    }
}
