using System.Globalization;

namespace PyBase.Notation.Fits;

/// <summary>Limit deviations from the nominal size, in µm.</summary>
/// <param name="Lower">EI of a hole, ei of a shaft.</param>
/// <param name="Upper">ES of a hole, es of a shaft.</param>
public readonly record struct SizeLimits(decimal Lower, decimal Upper)
{
    /// <summary>Width of the tolerance interval, in µm.</summary>
    public decimal Width => Upper - Lower;

    /// <summary>The deviations as a drawing lists them: <c>+21/0</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Upper:+0.###;-0.###;0}/{Lower:+0.###;-0.###;0}");
}
