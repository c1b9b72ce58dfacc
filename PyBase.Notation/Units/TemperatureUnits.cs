using static PyBase.Notation.Units.UnitDimension;

namespace PyBase.Notation.Units;

/// <summary>Units of temperature and of what depends on it (ISO 80000-5). A tolerance on a temperature is a difference and has no offset.</summary>
public static class TemperatureUnits
{
    /// <summary>Degree Celsius.</summary>
    public static Unit Celsius { get; } = new("°C", "degree Celsius", Temperature, 1, 1, "degC", "deg C", "℃", "° C") { Offset = 273.15m };

    /// <summary>The family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        Celsius,
        new("K", "kelvin", Temperature, 1),
        new("°F", "degree Fahrenheit", Temperature, 5, 9, "degF", "deg F", "℉", "° F") { Offset = 459.67m * 5 / 9 },
        new("°R", "degree Rankine", Temperature, 5, 9, "degR"),
        new("1/K", "per kelvin", ThermalExpansion, 1, 1, "K⁻¹", "K^-1", "1/°C"),
        new("µm/(m·K)", "micrometre per metre kelvin", ThermalExpansion, 0.000001m, 1, "µm/m·K", "µm/mK", "um/(m·K)", "um/mK", "ppm/K", "10⁻⁶/K", "10^-6/K"),
        new("µin/(in·°F)", "microinch per inch degree Fahrenheit", ThermalExpansion, 0.0000018m, 1, "ppm/°F", "µin/in·°F"),
        new("W/(m·K)", "watt per metre kelvin", ThermalConductivity, 1, 1, "W/m·K", "W/mK"),
    ];
}
