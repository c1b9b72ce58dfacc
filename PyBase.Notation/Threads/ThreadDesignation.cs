using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;

namespace PyBase.Notation.Threads;

/// <summary>
/// A screw thread. <see cref="ToString"/> is the canonical designation, which reads as an equal thread: a coarse metric pitch is
/// left out, so <c>M8x1.25</c> and <c>M8</c> are equal. The text it was read from does not count for equality.
/// </summary>
public sealed record ThreadDesignation : IComparable<ThreadDesignation>
{
    /// <summary>The family.</summary>
    public required ThreadForm Form { get; init; }

    /// <summary>The size as designated: <c>8</c>, <c>1/4</c>, <c>#10</c>, <c>1 1/4</c>.</summary>
    public required string Size { get; init; }

    /// <summary>Nominal major diameter in mm; of pipe threads that of the table, not the size's name.</summary>
    public required decimal Diameter { get; init; }

    /// <summary>Distance of neighbouring threads in mm; 25.4 over the threads per inch is rounded to 15 decimals.</summary>
    public required decimal Pitch { get; init; }

    /// <summary>Threads per inch of an inch thread.</summary>
    public decimal? ThreadsPerInch { get; init; }

    /// <summary>Number of starts; the lead is as many pitches.</summary>
    public int Starts { get; init; } = 1;

    /// <summary>Travel of one turn in mm.</summary>
    public decimal Lead => Pitch * Starts;

    /// <summary>Tolerance class: <c>6H</c>, <c>4g6g</c>, <c>6H/6g</c>, <c>2A</c>, <c>A</c> of G; empty when not given.</summary>
    public string Class { get; init; } = "";

    /// <summary>True for LH.</summary>
    public bool IsLeftHand { get; init; }

    /// <summary>Number of features: 4 for 4x.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Depth or length of the thread in mm.</summary>
    public decimal? Depth { get; init; }

    /// <summary>True for THRU.</summary>
    public bool IsThrough { get; init; }

    /// <summary>The text it was read from; empty when it was not read.</summary>
    public string Original { get; init; } = "";

    /// <summary>True for the coarse pitch of a metric thread.</summary>
    public bool IsCoarse => Form is ThreadForm.Metric && MetricThreads.CoarsePitchOf(Diameter) == Pitch || Form is ThreadForm.UnifiedCoarse;

    /// <summary>True for a nut, false for a bolt, null when neither form nor class tells; a class of both is null too.</summary>
    public bool? IsInternal => Form switch
    {
        ThreadForm.SealingInternalTaper or ThreadForm.SealingInternalParallel => true,
        ThreadForm.SealingExternalTaper => false,
        ThreadForm.ParallelPipe => Class.Length > 0 ? false : null,
        _ when Class.Length == 0 || Class.Contains('/', StringComparison.Ordinal) => null,
        ThreadForm.Metric or ThreadForm.MetricMJ or ThreadForm.Trapezoidal => char.IsAsciiLetterUpper(Class[^1]),
        ThreadForm.UnifiedCoarse or ThreadForm.UnifiedFine or ThreadForm.UnifiedExtraFine or ThreadForm.UnifiedConstantPitch or ThreadForm.UnifiedSpecial or ThreadForm.Buttress => Class[^1] == 'B',
        _ => null,
    };

    /// <summary>Diameter of the drill before tapping a metric thread, in mm, by the workshop rule diameter − pitch (ISO 2306); null for other forms.</summary>
    public decimal? TapDrill => Form is ThreadForm.Metric ? Diameter - Pitch : null;

    /// <summary>
    /// Reads a thread. The number behind × is the pitch when it is at most the coarse pitch, a length when it is at least half the
    /// diameter (<c>M6 x 12</c>), and a fault between. An inch thread without a series has the one that fits, <c>1/4-20</c> is UNC.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out ThreadDesignation? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var reader = new NotationReader(folded);
        if (ThreadReader.TryRead(ref reader, out value))
        {
            value = value with { Original = text.ToString() };
            return true;
        }
        fault = reader.Fault();
        return false;
    }

    /// <summary>The canonical designation: <c>4x M8x1-6H-LH ↧12</c>.</summary>
    public override string ToString() => ThreadText.Write(this);

    /// <summary>By diameter, then pitch; what is left by text.</summary>
    public int CompareTo(ThreadDesignation? other)
    {
        if (other is null)
            return 1;
        var order = Diameter.CompareTo(other.Diameter);
        if (order == 0)
            order = Pitch.CompareTo(other.Pitch);
        return order != 0 ? order : string.CompareOrdinal(ToString(), other.ToString());
    }

    /// <inheritdoc/>
    public bool Equals(ThreadDesignation? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Order by diameter.</summary>
    public static bool operator <(ThreadDesignation left, ThreadDesignation right) => Compare(left, right) < 0;

    /// <summary>Order by diameter.</summary>
    public static bool operator <=(ThreadDesignation left, ThreadDesignation right) => Compare(left, right) <= 0;

    /// <summary>Order by diameter.</summary>
    public static bool operator >(ThreadDesignation left, ThreadDesignation right) => Compare(left, right) > 0;

    /// <summary>Order by diameter.</summary>
    public static bool operator >=(ThreadDesignation left, ThreadDesignation right) => Compare(left, right) >= 0;

    static int Compare(ThreadDesignation? left, ThreadDesignation? right) => left is null ? right is null ? 0 : -1 : left.CompareTo(right);
}
