using PyBase.Notation.Fits;
using PyBase.Notation.Units;

namespace PyBase.Notation.Quantities;

/// <summary>How far a value may go. One of the nested cases.</summary>
public abstract record Tolerance
{
    Tolerance()
    {
    }

    /// <summary>Limit deviations: ±0.1 or +0.1/−0.2.</summary>
    /// <param name="Lower">Signed distance of the lower limit, in <paramref name="Unit"/>.</param>
    /// <param name="Upper">Signed distance of the upper limit, in <paramref name="Unit"/>.</param>
    /// <param name="Unit">A unit of the same dimension as the value's; 25 mm ±50 µm is one.</param>
    public sealed record Deviations(decimal Lower, decimal Upper, Unit Unit) : Tolerance
    {
        /// <summary>True for ±.</summary>
        public bool IsSymmetrical => Lower == -Upper;
    }

    /// <summary>Limits of size, 9.8-10.2, in the value's unit; the value is their middle.</summary>
    /// <param name="Lower">The smallest size.</param>
    /// <param name="Upper">The largest size.</param>
    public sealed record Limits(decimal Lower, decimal Upper) : Tolerance;

    /// <summary>A tolerance class of ISO 286: 10 H7.</summary>
    /// <param name="Code">The class.</param>
    public sealed record OfClass(ToleranceClass Code) : Tolerance;

    /// <summary>A fit of ISO 286: 10 H7/g6. It belongs to two parts, so the quantity has no bounds of its own.</summary>
    /// <param name="Code">The fit.</param>
    public sealed record OfFit(Fit Code) : Tolerance;

    /// <summary>MAX: the value is the upper limit.</summary>
    public sealed record Maximum : Tolerance;

    /// <summary>MIN: the value is the lower limit.</summary>
    public sealed record Minimum : Tolerance;
}
