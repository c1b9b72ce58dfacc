namespace PyBase.Notation.Units;

/// <summary>What a unit measures. Torque and energy are told apart although both are N·m.</summary>
public enum UnitDimension
{
    /// <summary>Length, in m.</summary>
    Length,
    /// <summary>Plane angle, in rad.</summary>
    Angle,
    /// <summary>Area, in m².</summary>
    Area,
    /// <summary>Volume, in m³.</summary>
    Volume,
    /// <summary>Second moment of area, in m⁴.</summary>
    SecondMomentOfArea,
    /// <summary>Mass, in kg.</summary>
    Mass,
    /// <summary>Mass per length, in kg/m.</summary>
    LinearDensity,
    /// <summary>Mass per area, in kg/m².</summary>
    SurfaceDensity,
    /// <summary>Mass per volume, in kg/m³.</summary>
    Density,
    /// <summary>Moment of inertia, in kg·m².</summary>
    MomentOfInertia,
    /// <summary>Time, in s.</summary>
    Time,
    /// <summary>Frequency, in Hz.</summary>
    Frequency,
    /// <summary>Rotational speed, in rad/s.</summary>
    RotationalSpeed,
    /// <summary>Speed, in m/s.</summary>
    Speed,
    /// <summary>Acceleration, in m/s².</summary>
    Acceleration,
    /// <summary>Volume flow, in m³/s.</summary>
    VolumeFlow,
    /// <summary>Force, in N.</summary>
    Force,
    /// <summary>Spring rate or line load, in N/m.</summary>
    Stiffness,
    /// <summary>Pressure and stress, in Pa.</summary>
    Pressure,
    /// <summary>Torque, in N·m.</summary>
    Torque,
    /// <summary>Energy, in J.</summary>
    Energy,
    /// <summary>Power, in W.</summary>
    Power,
    /// <summary>Temperature, in K.</summary>
    Temperature,
    /// <summary>Coefficient of thermal expansion, in 1/K.</summary>
    ThermalExpansion,
    /// <summary>Thermal conductivity, in W/(m·K).</summary>
    ThermalConductivity,
    /// <summary>Electric current, in A.</summary>
    Current,
    /// <summary>Voltage, in V.</summary>
    Voltage,
    /// <summary>Electric resistance, in Ω.</summary>
    Resistance,
    /// <summary>Capacitance, in F.</summary>
    Capacitance,
    /// <summary>Kinematic viscosity, in m²/s.</summary>
    KinematicViscosity,
    /// <summary>Ratio, in 1.</summary>
    Ratio,
}
