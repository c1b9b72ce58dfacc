using static PyBase.Notation.Units.UnitDimension;

namespace PyBase.Notation.Units;

/// <summary>Units of plane angle (ISO 80000-3). Minutes and seconds have a prime only behind degrees; alone a prime is a foot.</summary>
public static class AngleUnits
{
    /// <summary>Degree.</summary>
    public static Unit Degree { get; } = new("°", "degree", Angle, 1, 180, "deg", "deg.", "degree", "degrees") { TimesPi = true };

    /// <summary>Minute of arc.</summary>
    public static Unit Minute { get; } = new("arcmin", "minute of arc", Angle, 1, 10800) { TimesPi = true };

    /// <summary>Second of arc.</summary>
    public static Unit Second { get; } = new("arcsec", "second of arc", Angle, 1, 648000) { TimesPi = true };

    /// <summary>The family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        Degree, Minute, Second,
        new("rad", "radian", Angle, 1, 1, "radian", "radians"),
        new("mrad", "milliradian", Angle, 0.001m),
        new("gon", "gon", Angle, 1, 200, "grad") { TimesPi = true },
    ];
}
