using static PyBase.Notation.Units.UnitDimension;

namespace PyBase.Notation.Units;

/// <summary>Units of force, stiffness and torque (standard gravity 9.80665 m/s², ISO 80000-3).</summary>
public static class ForceUnits
{
    const decimal Gravity = 9.80665m;
    const decimal PoundForce = 4.4482216152605m;

    /// <summary>Newton.</summary>
    public static Unit Newton { get; } = new("N", "newton", Force, 1, 1, "newton", "newtons");

    /// <summary>The family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        Newton,
        new("mN", "millinewton", Force, 0.001m),
        new("daN", "decanewton", Force, 10),
        new("kN", "kilonewton", Force, 1000),
        new("MN", "meganewton", Force, 1_000_000),
        new("kgf", "kilogram-force", Force, Gravity, 1, "kp"),
        new("lbf", "pound-force", Force, PoundForce),
        new("kip", "kilopound-force", Force, PoundForce * 1000, 1, "kips"),
        new("ozf", "ounce-force", Force, PoundForce, 16),
        new("N/m", "newton per metre", Stiffness, 1),
        new("N/mm", "newton per millimetre", Stiffness, 1000),
        new("kN/m", "kilonewton per metre", Stiffness, 1000),
        new("kN/mm", "kilonewton per millimetre", Stiffness, 1_000_000),
        new("lbf/in", "pound-force per inch", Stiffness, PoundForce, 0.0254m, "lb/in"),
        new("lbf/ft", "pound-force per foot", Stiffness, PoundForce, 0.3048m),
        new("N·m", "newton metre", Torque, 1, 1, "Nm", "N-m"),
        new("N·mm", "newton millimetre", Torque, 0.001m, 1, "Nmm"),
        new("N·cm", "newton centimetre", Torque, 0.01m, 1, "Ncm"),
        new("mN·m", "millinewton metre", Torque, 0.001m, 1, "mNm"),
        new("daN·m", "decanewton metre", Torque, 10, 1, "daNm"),
        new("kN·m", "kilonewton metre", Torque, 1000, 1, "kNm"),
        new("kgf·m", "kilogram-force metre", Torque, Gravity, 1, "kpm", "kgfm"),
        new("kgf·cm", "kilogram-force centimetre", Torque, Gravity, 100, "kgfcm"),
        new("lbf·ft", "pound-force foot", Torque, PoundForce * 0.3048m, 1, "ft·lbf", "ft·lb", "lb·ft", "ft-lbf", "ft-lb", "lb-ft", "lbf-ft", "ft-lbs"),
        new("lbf·in", "pound-force inch", Torque, PoundForce * 0.0254m, 1, "in·lbf", "in·lb", "lb·in", "in-lbf", "in-lb", "lb-in", "lbf-in", "in-lbs"),
        new("ozf·in", "ounce-force inch", Torque, PoundForce * 0.0254m, 16, "oz·in", "oz-in", "in-oz"),
    ];
}
