using static PyBase.Notation.Units.UnitDimension;

namespace PyBase.Notation.Units;

/// <summary>Units of mass, density and inertia (ISO 80000-4; the pound is 0.45359237 kg).</summary>
public static class MassUnits
{
    /// <summary>Kilogram.</summary>
    public static Unit Kilogram { get; } = new("kg", "kilogram", Mass, 1, 1, "kgs", "kilogram", "kilograms");

    /// <summary>The family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        Kilogram,
        new("g", "gram", Mass, 0.001m, 1, "gram", "grams"),
        new("mg", "milligram", Mass, 0.000001m),
        new("µg", "microgram", Mass, 0.000000001m, 1, "ug"),
        new("t", "tonne", Mass, 1000, 1, "tonne", "tonnes"),
        new("lb", "pound", Mass, 0.45359237m, 1, "lbs", "lbm", "lb.", "pound", "pounds"),
        new("oz", "ounce", Mass, 0.028349523125m, 1, "ounce", "ounces"),
        new("slug", "slug", Mass, 14.593902937206m),
        new("kg/m", "kilogram per metre", LinearDensity, 1),
        new("g/m", "gram per metre", LinearDensity, 0.001m),
        new("lb/ft", "pound per foot", LinearDensity, 0.45359237m, 0.3048m),
        new("kg/m²", "kilogram per square metre", SurfaceDensity, 1),
        new("g/m²", "gram per square metre", SurfaceDensity, 0.001m, 1, "gsm"),
        new("kg/m³", "kilogram per cubic metre", Density, 1, 1, "kg/m3"),
        new("kg/dm³", "kilogram per cubic decimetre", Density, 1000, 1, "kg/dm3", "kg/l", "kg/L"),
        new("g/cm³", "gram per cubic centimetre", Density, 1000, 1, "g/cm3", "g/cc", "g/ml"),
        new("g/mm³", "gram per cubic millimetre", Density, 1_000_000),
        new("t/m³", "tonne per cubic metre", Density, 1000),
        new("kg/mm³", "kilogram per cubic millimetre", Density, 1_000_000_000),
        new("lb/in³", "pound per cubic inch", Density, 0.45359237m, 0.000016387064m, "lb/in3", "lb/cu in"),
        new("lb/ft³", "pound per cubic foot", Density, 0.45359237m, 0.028316846592m, "lb/ft3", "lb/cu ft"),
        new("kg·m²", "kilogram square metre", MomentOfInertia, 1, 1, "kgm²"),
        new("kg·cm²", "kilogram square centimetre", MomentOfInertia, 0.0001m, 1, "kgcm²"),
        new("kg·mm²", "kilogram square millimetre", MomentOfInertia, 0.000001m, 1, "kgmm²"),
        new("g·cm²", "gram square centimetre", MomentOfInertia, 0.0000001m, 1, "gcm²"),
        new("lb·in²", "pound square inch", MomentOfInertia, 0.45359237m * 0.00064516m),
    ];
}
