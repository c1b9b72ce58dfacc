using System.Collections.Frozen;

namespace PyBase.Notation.Threads;

/// <summary>Diameters and pitches of ISO metric threads in mm (ISO 261:1998, Table 2).</summary>
public static class MetricThreads
{
    static readonly FrozenDictionary<decimal, decimal> s_coarse = new Dictionary<decimal, decimal>
    {
        [1] = 0.25m, [1.1m] = 0.25m, [1.2m] = 0.25m, [1.4m] = 0.3m, [1.6m] = 0.35m, [1.8m] = 0.35m, [2] = 0.4m, [2.2m] = 0.45m, [2.5m] = 0.45m,
        [3] = 0.5m, [3.5m] = 0.6m, [4] = 0.7m, [4.5m] = 0.75m, [5] = 0.8m, [6] = 1, [7] = 1, [8] = 1.25m, [9] = 1.25m, [10] = 1.5m, [11] = 1.5m,
        [12] = 1.75m, [14] = 2, [16] = 2, [18] = 2.5m, [20] = 2.5m, [22] = 2.5m, [24] = 3, [27] = 3, [30] = 3.5m, [33] = 3.5m, [36] = 4, [39] = 4,
        [42] = 4.5m, [45] = 4.5m, [48] = 5, [52] = 5, [56] = 5.5m, [60] = 5.5m, [64] = 6, [68] = 6,
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<decimal, decimal[]> s_fine = new Dictionary<decimal, decimal[]>
    {
        [1] = [0.2m], [1.1m] = [0.2m], [1.2m] = [0.2m], [1.4m] = [0.2m], [1.6m] = [0.2m], [1.8m] = [0.2m], [2] = [0.25m], [2.2m] = [0.25m],
        [2.5m] = [0.35m], [3] = [0.35m], [3.5m] = [0.35m], [4] = [0.5m], [4.5m] = [0.5m], [5] = [0.5m], [5.5m] = [0.5m], [6] = [0.75m], [7] = [0.75m],
        [8] = [1, 0.75m], [9] = [1, 0.75m], [10] = [1.25m, 1, 0.75m], [11] = [1, 0.75m], [12] = [1.5m, 1.25m, 1], [14] = [1.5m, 1.25m, 1],
        [15] = [1.5m, 1], [16] = [1.5m, 1], [17] = [1.5m, 1], [18] = [2, 1.5m, 1], [20] = [2, 1.5m, 1], [22] = [2, 1.5m, 1], [24] = [2, 1.5m, 1],
        [25] = [2, 1.5m, 1], [26] = [1.5m], [27] = [2, 1.5m, 1], [28] = [2, 1.5m, 1], [30] = [3, 2, 1.5m, 1], [32] = [2, 1.5m], [33] = [3, 2, 1.5m],
        [35] = [1.5m], [36] = [3, 2, 1.5m], [38] = [1.5m], [39] = [3, 2, 1.5m], [40] = [3, 2, 1.5m], [42] = [4, 3, 2, 1.5m], [45] = [4, 3, 2, 1.5m],
        [48] = [4, 3, 2, 1.5m], [50] = [3, 2, 1.5m], [52] = [4, 3, 2, 1.5m], [55] = [4, 3, 2, 1.5m], [56] = [4, 3, 2, 1.5m], [58] = [4, 3, 2, 1.5m],
        [60] = [4, 3, 2, 1.5m], [62] = [4, 3, 2, 1.5m], [64] = [4, 3, 2, 1.5m], [65] = [4, 3, 2, 1.5m], [68] = [4, 3, 2, 1.5m],
    }.ToFrozenDictionary();

    /// <summary>All diameters with a coarse pitch.</summary>
    public static IEnumerable<decimal> CoarseDiameters => s_coarse.Keys.Order();

    /// <summary>The coarse pitch of a diameter; null when it has none.</summary>
    public static decimal? CoarsePitchOf(decimal diameter) => s_coarse.TryGetValue(diameter, out var pitch) ? pitch : null;

    /// <summary>The fine pitches of a diameter, coarsest first; empty when it is not in the table, which ends at 68 mm here.</summary>
    public static IReadOnlyList<decimal> FinePitchesOf(decimal diameter) => s_fine.GetValueOrDefault(diameter, []);

    /// <summary>The coarsest pitch a diameter can have: the coarse pitch, and a quarter of a diameter that has none, at most 8 mm.</summary>
    internal static decimal CoarsestOf(decimal diameter) => CoarsePitchOf(diameter) ?? Math.Min(diameter / 4, 8);
}
