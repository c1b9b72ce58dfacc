using static PyBase.Notation.Units.UnitDimension;

namespace PyBase.Notation.Units;

/// <summary>Units of energy and power (ISO 80000-5).</summary>
public static class EnergyUnits
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        new("J", "joule", Energy, 1),
        new("mJ", "millijoule", Energy, 0.001m),
        new("kJ", "kilojoule", Energy, 1000),
        new("MJ", "megajoule", Energy, 1_000_000),
        new("W·h", "watt hour", Energy, 3600, 1, "Wh"),
        new("kW·h", "kilowatt hour", Energy, 3_600_000, 1, "kWh"),
        new("cal", "calorie", Energy, 4.1868m),
        new("kcal", "kilocalorie", Energy, 4186.8m),
        new("BTU", "British thermal unit", Energy, 1055.05585262m, 1, "Btu"),
        new("W", "watt", Power, 1, 1, "watt", "watts"),
        new("mW", "milliwatt", Power, 0.001m),
        new("kW", "kilowatt", Power, 1000),
        new("MW", "megawatt", Power, 1_000_000),
        new("hp", "mechanical horsepower", Power, 745.69987158227022m, 1, "HP", "bhp"),
        new("PS", "metric horsepower", Power, 735.49875m, 1, "CV", "ch"),
        new("BTU/h", "British thermal unit per hour", Power, 1055.05585262m, 3600, "Btu/h", "BTU/hr"),
    ];
}
