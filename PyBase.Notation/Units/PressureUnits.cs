using static PyBase.Notation.Units.UnitDimension;

namespace PyBase.Notation.Units;

/// <summary>Units of pressure and stress.</summary>
public static class PressureUnits
{
    const decimal PoundForce = 4.4482216152605m;
    const decimal SquareInch = 0.00064516m;

    /// <summary>Megapascal, equal to N/mm².</summary>
    public static Unit Megapascal { get; } = new("MPa", "megapascal", Pressure, 1_000_000, 1, "MPA");

    /// <summary>The family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        Megapascal,
        new("Pa", "pascal", Pressure, 1),
        new("mPa", "millipascal", Pressure, 0.001m),
        new("hPa", "hectopascal", Pressure, 100),
        new("kPa", "kilopascal", Pressure, 1000),
        new("GPa", "gigapascal", Pressure, 1_000_000_000),
        new("N/mm²", "newton per square millimetre", Pressure, 1_000_000, 1, "N/mm2", "N/sq mm"),
        new("N/cm²", "newton per square centimetre", Pressure, 10_000, 1, "N/cm2"),
        new("N/m²", "newton per square metre", Pressure, 1, 1, "N/m2"),
        new("kN/mm²", "kilonewton per square millimetre", Pressure, 1_000_000_000, 1, "kN/mm2"),
        new("kN/m²", "kilonewton per square metre", Pressure, 1000, 1, "kN/m2"),
        new("bar", "bar", Pressure, 100_000, 1, "bars"),
        new("mbar", "millibar", Pressure, 100),
        new("atm", "standard atmosphere", Pressure, 101_325),
        new("at", "technical atmosphere", Pressure, 98_066.5m),
        new("Torr", "torr", Pressure, 101_325, 760),
        new("mmHg", "millimetre of mercury", Pressure, 133.322387415m, 1, "mm Hg"),
        new("mmH₂O", "millimetre of water", Pressure, 9.80665m, 1, "mmH2O", "mmWS"),
        new("kgf/mm²", "kilogram-force per square millimetre", Pressure, 9_806_650, 1, "kgf/mm2", "kp/mm²"),
        new("kgf/cm²", "kilogram-force per square centimetre", Pressure, 98_066.5m, 1, "kgf/cm2", "kp/cm²"),
        new("psi", "pound-force per square inch", Pressure, PoundForce, SquareInch, "lbf/in²", "lb/in²", "PSIG", "PSIA"),
        new("ksi", "kilopound-force per square inch", Pressure, PoundForce * 1000, SquareInch),
        new("Msi", "megapound-force per square inch", Pressure, PoundForce * 1_000_000, SquareInch),
        new("psf", "pound-force per square foot", Pressure, PoundForce, 0.09290304m, "lbf/ft²", "lb/ft²"),
        new("inHg", "inch of mercury", Pressure, 3386.388640341m, 1, "in Hg"),
    ];
}
