using static PyBase.Notation.Units.UnitDimension;

namespace PyBase.Notation.Units;

/// <summary>Units of area, volume, volume flow and second moment of area. Powers are written ², ^2; mm2 and cm3 are read too, m2 is not: it is a shaft of class m2.</summary>
public static class AreaUnits
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        new("mm²", "square millimetre", Area, 0.000001m, 1, "mm2", "sq mm"),
        new("cm²", "square centimetre", Area, 0.0001m, 1, "cm2", "sq cm"),
        new("dm²", "square decimetre", Area, 0.01m, 1, "dm2"),
        new("m²", "square metre", Area, 1, 1, "sq m", "sqm"),
        new("km²", "square kilometre", Area, 1_000_000),
        new("in²", "square inch", Area, 0.00064516m, 1, "in2", "sq in", "sqin"),
        new("ft²", "square foot", Area, 0.09290304m, 1, "ft2", "sq ft", "sqft"),
        new("mm³", "cubic millimetre", Volume, 0.000000001m, 1, "mm3", "cu mm"),
        new("cm³", "cubic centimetre", Volume, 0.000001m, 1, "cm3", "cc", "ccm"),
        new("dm³", "cubic decimetre", Volume, 0.001m, 1, "dm3"),
        new("m³", "cubic metre", Volume, 1, 1, "cu m", "cbm"),
        new("mL", "millilitre", Volume, 0.000001m, 1, "ml"),
        new("L", "litre", Volume, 0.001m, 1, "l", "ltr", "litre", "liter"),
        new("in³", "cubic inch", Volume, 0.000016387064m, 1, "in3", "cu in", "cuin"),
        new("ft³", "cubic foot", Volume, 0.028316846592m, 1, "ft3", "cu ft", "cuft"),
        new("gal", "US gallon", Volume, 0.003785411784m, 1, "US gal"),
        new("fl oz", "US fluid ounce", Volume, 0.0000295735295625m),
        new("mm⁴", "millimetre to the fourth", SecondMomentOfArea, 0.000000000001m, 1, "mm4"),
        new("cm⁴", "centimetre to the fourth", SecondMomentOfArea, 0.00000001m, 1, "cm4"),
        new("m⁴", "metre to the fourth", SecondMomentOfArea, 1),
        new("in⁴", "inch to the fourth", SecondMomentOfArea, 0.0000004162314256m, 1, "in4"),
        new("L/min", "litre per minute", VolumeFlow, 0.001m, 60, "l/min", "lpm"),
        new("L/s", "litre per second", VolumeFlow, 0.001m, 1, "l/s"),
        new("m³/h", "cubic metre per hour", VolumeFlow, 1, 3600),
        new("m³/s", "cubic metre per second", VolumeFlow, 1),
        new("cm³/s", "cubic centimetre per second", VolumeFlow, 0.000001m),
        new("gpm", "US gallon per minute", VolumeFlow, 0.003785411784m, 60, "gal/min"),
        new("cfm", "cubic foot per minute", VolumeFlow, 0.028316846592m, 60, "ft³/min"),
        new("m²/s", "square metre per second", KinematicViscosity, 1),
        new("mm²/s", "square millimetre per second", KinematicViscosity, 0.000001m, 1, "cSt"),
    ];
}
