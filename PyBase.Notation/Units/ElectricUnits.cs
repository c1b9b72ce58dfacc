using static PyBase.Notation.Units.UnitDimension;

namespace PyBase.Notation.Units;

/// <summary>Electric units (ISO 80000-6) and ratios.</summary>
public static class ElectricUnits
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        new("A", "ampere", Current, 1, 1, "amp", "amps"),
        new("mA", "milliampere", Current, 0.001m),
        new("µA", "microampere", Current, 0.000001m, 1, "uA"),
        new("kA", "kiloampere", Current, 1000),
        new("V", "volt", Voltage, 1, 1, "volt", "volts", "VAC", "VDC"),
        new("mV", "millivolt", Voltage, 0.001m),
        new("µV", "microvolt", Voltage, 0.000001m, 1, "uV"),
        new("kV", "kilovolt", Voltage, 1000),
        new("Ω", "ohm", Resistance, 1, 1, "ohm", "ohms"),
        new("mΩ", "milliohm", Resistance, 0.001m, 1, "mohm"),
        new("kΩ", "kiloohm", Resistance, 1000, 1, "kohm"),
        new("MΩ", "megaohm", Resistance, 1_000_000, 1, "Mohm"),
        new("F", "farad", Capacitance, 1),
        new("mF", "millifarad", Capacitance, 0.001m),
        new("µF", "microfarad", Capacitance, 0.000001m, 1, "uF"),
        new("nF", "nanofarad", Capacitance, 0.000000001m),
        new("pF", "picofarad", Capacitance, 0.000000000001m),
        new("%", "per cent", Ratio, 0.01m, 1, "percent", "pct"),
        new("‰", "per mille", Ratio, 0.001m),
        new("ppm", "part per million", Ratio, 0.000001m),
    ];
}
