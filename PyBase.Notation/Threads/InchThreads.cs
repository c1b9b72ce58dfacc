using static PyBase.Notation.Threads.ThreadForm;

namespace PyBase.Notation.Threads;

/// <summary>
/// Threads per inch by nominal size in inches: ASME B1.1 (UNC, UNF, UNEF), ASME B1.20.1 (NPT) and ASME B1.5 (ACME).
/// A numbered size n is 0.060 + 0.013 n inches.
/// </summary>
static class InchThreads
{
    static readonly Dictionary<ThreadForm, Dictionary<decimal, decimal>> s_threads = new()
    {
        [UnifiedCoarse] = Table(
            "#1-64 #2-56 #3-48 #4-40 #5-40 #6-32 #8-32 #10-24 #12-24 16/64-20 20/64-18 24/64-16 28/64-14 32/64-13 36/64-12 40/64-11 48/64-10 56/64-9 64/64-8 "
            + "72/64-7 80/64-7 88/64-6 96/64-6 112/64-5 128/64-4.5 144/64-4.5 160/64-4 176/64-4 192/64-4 208/64-4 224/64-4 240/64-4 256/64-4"),
        [UnifiedFine] = Table(
            "#0-80 #1-72 #2-64 #3-56 #4-48 #5-44 #6-40 #8-36 #10-32 #12-28 16/64-28 20/64-24 24/64-24 28/64-20 32/64-20 36/64-18 40/64-18 48/64-16 56/64-14 "
            + "64/64-12 72/64-12 80/64-12 88/64-12 96/64-12"),
        [UnifiedExtraFine] = Table(
            "#12-32 16/64-32 20/64-32 24/64-32 28/64-28 32/64-28 36/64-24 40/64-24 44/64-24 48/64-20 52/64-20 56/64-20 60/64-20 64/64-20 68/64-18 72/64-18 "
            + "76/64-18 80/64-18 84/64-18 88/64-18 92/64-18 96/64-18 100/64-18 104/64-18 108/64-18"),
        [TaperPipe] = Table(
            "4/64-27 8/64-27 16/64-18 24/64-18 32/64-14 48/64-14 64/64-11.5 80/64-11.5 96/64-11.5 128/64-11.5 160/64-8 192/64-8 224/64-8 256/64-8 320/64-8 "
            + "384/64-8 512/64-8 640/64-8 768/64-8"),
        [Acme] = Table(
            "16/64-16 20/64-14 24/64-12 28/64-12 32/64-10 40/64-8 48/64-6 56/64-6 64/64-5 72/64-5 80/64-5 88/64-4 96/64-4 112/64-4 128/64-4 144/64-3 160/64-3 "
            + "176/64-3 192/64-2 224/64-2 256/64-2 288/64-2 320/64-2"),
    };

    // ASME B1.20.1, Table 2: outside diameters of the pipe, in inches.
    static readonly Dictionary<decimal, decimal> s_pipeDiameters = new()
    {
        [0.0625m] = 0.3125m, [0.125m] = 0.405m, [0.25m] = 0.54m, [0.375m] = 0.675m, [0.5m] = 0.84m, [0.75m] = 1.05m, [1] = 1.315m, [1.25m] = 1.66m,
        [1.5m] = 1.9m, [2] = 2.375m, [2.5m] = 2.875m, [3] = 3.5m, [3.5m] = 4, [4] = 4.5m, [5] = 5.563m, [6] = 6.625m, [8] = 8.625m, [10] = 10.75m, [12] = 12.75m,
    };

    // ASME B1.1, constant-pitch series.
    static readonly decimal[] s_constantPitches = [4, 6, 8, 12, 16, 20, 28, 32];

    /// <summary>Diameter in inches of a numbered size.</summary>
    public static decimal DiameterOfNumber(int number) => 0.06m + 0.013m * number;

    /// <summary>The numbered size of a diameter in inches; null when it is none of 0 to 12.</summary>
    public static int? NumberOf(decimal inches) =>
        (inches - 0.06m) / 0.013m is >= 0 and <= 12 and var number && number == decimal.Truncate(number) ? (int)number : null;

    /// <summary>Threads per inch of a size in a series; null when the series has no such size.</summary>
    public static decimal? ThreadsOf(ThreadForm form, decimal inches) =>
        s_threads.TryGetValue(Like(form), out var table) && table.TryGetValue(inches, out var threads) ? threads : null;

    /// <summary>The series that has this size and number of threads.</summary>
    public static ThreadForm? SeriesOf(decimal inches, decimal threads)
    {
        foreach (var form in (ReadOnlySpan<ThreadForm>)[UnifiedCoarse, UnifiedFine, UnifiedExtraFine])
        {
            if (ThreadsOf(form, inches) == threads)
                return form;
        }
        return null;
    }

    /// <summary>True when the series fixes the threads per inch of a size.</summary>
    public static bool IsFixed(ThreadForm form) => form is UnifiedCoarse or UnifiedFine or UnifiedExtraFine or TaperPipe or DrysealPipe;

    /// <summary>True for the threads per inch of the constant-pitch series.</summary>
    public static bool IsConstantPitch(decimal threads) => s_constantPitches.Contains(threads);

    /// <summary>Major diameter in inches of a size: of pipe threads that of the pipe.</summary>
    public static decimal? DiameterOf(ThreadForm form, decimal inches) =>
        form is not (TaperPipe or DrysealPipe) ? inches : s_pipeDiameters.TryGetValue(inches, out var diameter) ? diameter : null;

    static ThreadForm Like(ThreadForm form) => form switch { DrysealPipe => TaperPipe, StubAcme => Acme, _ => form };

    // #10-24: number 10, 24 threads; 20/64-18: 5/16 inch, 18 threads
    static Dictionary<decimal, decimal> Table(string text) => text.Split(' ').Select(entry => entry.Split('-')).ToDictionary(
        pair => pair[0][0] == '#' ? DiameterOfNumber(Number(pair[0][1..])) : Number(pair[0][..^3]) / 64m,
        pair => decimal.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture));

    static int Number(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
