using static PyBase.Notation.Units.UnitDimension;

namespace PyBase.Notation.Units;

/// <summary>Units of length (ISO 80000-3; the inch is 25.4 mm since 1959, the yard and pound agreement).</summary>
public static class LengthUnits
{
    /// <summary>Millimetre, the unit of a drawing that names none (ISO 129-1).</summary>
    public static Unit Millimetre { get; } = new("mm", "millimetre", Length, 0.001m, 1, "millimeter", "millimetre");

    /// <summary>Metre.</summary>
    public static Unit Metre { get; } = new("m", "metre", Length, 1, 1, "meter", "metre");

    /// <summary>Micrometre.</summary>
    public static Unit Micrometre { get; } = new("µm", "micrometre", Length, 0.000001m, 1, "um", "micron", "microns");

    /// <summary>Inch.</summary>
    public static Unit Inch { get; } = new("in", "inch", Length, 0.0254m, 1, "\"", "in.", "inch", "inches", "''");

    /// <summary>Foot.</summary>
    public static Unit Foot { get; } = new("ft", "foot", Length, 0.3048m, 1, "'", "ft.", "foot", "feet");

    /// <summary>Microinch, of surface roughness.</summary>
    public static Unit Microinch { get; } = new("µin", "microinch", Length, 0.0000000254m, 1, "uin", "microinch", "microinches");

    /// <summary>The family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        Millimetre, Metre, Micrometre, Inch, Foot, Microinch,
        new("cm", "centimetre", Length, 0.01m, 1, "centimeter", "centimetre"),
        new("dm", "decimetre", Length, 0.1m),
        new("km", "kilometre", Length, 1000),
        new("nm", "nanometre", Length, 0.000000001m),
        new("mil", "thousandth of an inch", Length, 0.0000254m, 1, "mils", "thou"),
        new("yd", "yard", Length, 0.9144m, 1, "yard", "yards"),
        new("mi", "mile", Length, 1609.344m, 1, "mile", "miles"),
    ];
}
