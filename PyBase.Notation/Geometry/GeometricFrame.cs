using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;
using PyBase.Notation.Units;

namespace PyBase.Notation.Geometry;

/// <summary>
/// A tolerance frame of one or more rows (ISO 1101:2017, ASME Y14.5). <see cref="ToString"/> is the canonical text, which reads as
/// an equal frame; rows are parted by "; ". The text it was read from does not count for equality.
/// </summary>
public sealed record GeometricFrame
{
    /// <summary>The most rows of a frame.</summary>
    public const int MaxRows = 8;

    /// <summary>The rows, from the top.</summary>
    public required IReadOnlyList<FrameRow> Rows { get; init; }

    /// <summary>True when one characteristic spans all rows (ASME Y14.5, composite tolerance).</summary>
    public bool IsComposite { get; init; }

    /// <summary>Number of features: 4 for 4x.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The text it was read from; empty when it was not read.</summary>
    public string Original { get; init; } = "";

    /// <summary>Reads a frame in mm.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out GeometricFrame? value, [NotNullWhen(false)] out NotationFault? fault) =>
        TryParse(text, LengthUnits.Millimetre, out value, out fault);

    /// <summary>
    /// Reads a frame: <c>⌖ ⌀0.1 Ⓜ A B Ⓜ C</c>, <c>|⌖|⌀0,02|A|</c>, <c>POS DIA 0.1 (M) A B(M) C</c>, or the content of a DXF tolerance
    /// with <c>{\Fgdt;j}</c> and <c>%%v</c>. Rows are parted by a line end, <c>^J</c>, <c>\P</c> or a semicolon; a row without
    /// characteristic makes the frame composite.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="defaultUnit">The unit of lengths that name none.</param>
    /// <param name="value">The frame.</param>
    /// <param name="fault">Where and why the text is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, Unit defaultUnit, [NotNullWhen(true)] out GeometricFrame? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        ArgumentNullException.ThrowIfNull(defaultUnit);
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        FrameReader.MarkRows(text, folded);
        var reader = new NotationReader(folded);
        if (new FrameReader(defaultUnit).TryRead(ref reader, out value))
        {
            value = value with { Original = text.ToString() };
            return true;
        }
        fault = reader.Fault();
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(GeometricFrame? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical text.</summary>
    public override string ToString() =>
        (Count == 1 ? "" : $"{Count}x ") + string.Join("; ", Rows.Select((row, index) => index > 0 && IsComposite ? row.Compartments() : row.ToString()));
}
