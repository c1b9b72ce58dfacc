using static PyBase.Notation.Units.UnitDimension;

namespace PyBase.Notation.Units;

/// <summary>Units of time, frequency, speed and acceleration.</summary>
public static class TimeUnits
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        new("s", "second", Time, 1, 1, "sec", "sec.", "second", "seconds"),
        new("ms", "millisecond", Time, 0.001m),
        new("µs", "microsecond", Time, 0.000001m, 1, "us"),
        new("min", "minute", Time, 60, 1, "minute", "minutes"),
        new("h", "hour", Time, 3600, 1, "hr", "hrs", "hour", "hours"),
        new("d", "day", Time, 86400, 1, "day", "days"),
        new("Hz", "hertz", Frequency, 1),
        new("kHz", "kilohertz", Frequency, 1000),
        new("MHz", "megahertz", Frequency, 1_000_000),
        new("GHz", "gigahertz", Frequency, 1_000_000_000),
        new("rpm", "revolution per minute", RotationalSpeed, 1, 30, "1/min", "r/min", "min⁻¹", "min^-1", "U/min", "rev/min") { TimesPi = true },
        new("rad/s", "radian per second", RotationalSpeed, 1),
        new("°/s", "degree per second", RotationalSpeed, 1, 180, "deg/s") { TimesPi = true },
        new("m/s", "metre per second", Speed, 1),
        new("mm/s", "millimetre per second", Speed, 0.001m),
        new("m/min", "metre per minute", Speed, 1, 60),
        new("mm/min", "millimetre per minute", Speed, 0.001m, 60),
        new("km/h", "kilometre per hour", Speed, 1000, 3600, "kph"),
        new("in/s", "inch per second", Speed, 0.0254m, 1, "ips"),
        new("in/min", "inch per minute", Speed, 0.0254m, 60, "ipm"),
        new("ft/s", "foot per second", Speed, 0.3048m, 1, "fps"),
        new("ft/min", "foot per minute", Speed, 0.3048m, 60, "fpm", "sfm"),
        new("mph", "mile per hour", Speed, 1609.344m, 3600),
        new("m/s²", "metre per second squared", Acceleration, 1),
        new("mm/s²", "millimetre per second squared", Acceleration, 0.001m),
        new("ft/s²", "foot per second squared", Acceleration, 0.3048m),
    ];
}
