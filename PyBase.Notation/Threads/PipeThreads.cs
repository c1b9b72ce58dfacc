namespace PyBase.Notation.Threads;

/// <summary>Pipe threads of Whitworth form by size in inches: threads per inch and major diameter in mm (ISO 228-1:2000, ISO 7-1:1994).</summary>
static class PipeThreads
{
    static readonly Dictionary<decimal, (decimal Threads, decimal Diameter, bool Sealing)> s_sizes = new()
    {
        [0.0625m] = (28, 7.723m, true), [0.125m] = (28, 9.728m, true), [0.25m] = (19, 13.157m, true), [0.375m] = (19, 16.662m, true),
        [0.5m] = (14, 20.955m, true), [0.625m] = (14, 22.911m, false), [0.75m] = (14, 26.441m, true), [0.875m] = (14, 30.201m, false),
        [1] = (11, 33.249m, true), [1.125m] = (11, 37.897m, false), [1.25m] = (11, 41.910m, true), [1.5m] = (11, 47.803m, true),
        [1.75m] = (11, 53.746m, false), [2] = (11, 59.614m, true), [2.25m] = (11, 65.710m, false), [2.5m] = (11, 75.184m, true),
        [2.75m] = (11, 81.534m, false), [3] = (11, 87.884m, true), [3.5m] = (11, 100.330m, false), [4] = (11, 113.030m, true),
        [4.5m] = (11, 125.730m, false), [5] = (11, 138.430m, true), [5.5m] = (11, 151.130m, false), [6] = (11, 163.830m, true),
    };

    /// <summary>All sizes in inches; those of ISO 7-1 only when sealing.</summary>
    public static IEnumerable<decimal> Sizes(bool sealing) => s_sizes.Where(size => size.Value.Sealing || !sealing).Select(size => size.Key);

    /// <summary>Threads per inch and major diameter in mm; null when the standard has no such size.</summary>
    public static (decimal Threads, decimal Diameter)? Of(decimal inches, bool sealing) =>
        s_sizes.TryGetValue(inches, out var size) && (size.Sealing || !sealing) ? (size.Threads, size.Diameter) : null;
}
