using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>The defined types that values of properties carry (IfcValue, ISO 16739-1, 8.11.2.10), and which unit each is in.</summary>
static class IfcMeasures
{
    const string Names = """
        AbsorbedDoseMeasure AccelerationMeasure AmountOfSubstanceMeasure AngularVelocityMeasure AreaDensityMeasure
        AreaMeasure Boolean ComplexNumber CompoundPlaneAngleMeasure ContextDependentMeasure CountMeasure
        CurvatureMeasure Date DateTime DescriptiveMeasure DoseEquivalentMeasure Duration DynamicViscosityMeasure
        ElectricCapacitanceMeasure ElectricChargeMeasure ElectricConductanceMeasure ElectricCurrentMeasure
        ElectricResistanceMeasure ElectricVoltageMeasure EnergyMeasure ForceMeasure FrequencyMeasure GloballyUniqueId
        HeatFluxDensityMeasure HeatingValueMeasure Identifier IlluminanceMeasure InductanceMeasure Integer
        IntegerCountRateMeasure IonConcentrationMeasure IsothermalMoistureCapacityMeasure KinematicViscosityMeasure
        Label LengthMeasure LinearForceMeasure LinearMomentMeasure LinearStiffnessMeasure LinearVelocityMeasure
        Logical LuminousFluxMeasure LuminousIntensityDistributionMeasure LuminousIntensityMeasure
        MagneticFluxDensityMeasure MagneticFluxMeasure MassDensityMeasure MassFlowRateMeasure MassMeasure
        MassPerLengthMeasure ModulusOfElasticityMeasure ModulusOfLinearSubgradeReactionMeasure
        ModulusOfRotationalSubgradeReactionMeasure ModulusOfSubgradeReactionMeasure MoistureDiffusivityMeasure
        MolecularWeightMeasure MomentOfInertiaMeasure MonetaryMeasure NonNegativeLengthMeasure NormalisedRatioMeasure
        NumericMeasure PHMeasure ParameterValue PlanarForceMeasure PlaneAngleMeasure PositiveInteger
        PositiveLengthMeasure PositivePlaneAngleMeasure PositiveRatioMeasure PowerMeasure PressureMeasure
        RadioActivityMeasure RatioMeasure Real RotationalFrequencyMeasure RotationalMassMeasure
        RotationalStiffnessMeasure SectionModulusMeasure SectionalAreaIntegralMeasure ShearModulusMeasure
        SolidAngleMeasure SoundPowerLevelMeasure SoundPowerMeasure SoundPressureLevelMeasure SoundPressureMeasure
        SpecificHeatCapacityMeasure TemperatureGradientMeasure TemperatureRateOfChangeMeasure Text
        ThermalAdmittanceMeasure ThermalConductivityMeasure ThermalExpansionCoefficientMeasure
        ThermalResistanceMeasure ThermalTransmittanceMeasure ThermodynamicTemperatureMeasure Time TimeMeasure
        TimeStamp TorqueMeasure URIReference VaporPermeabilityMeasure VolumeMeasure VolumetricFlowRateMeasure
        WarpingConstantMeasure WarpingMomentMeasure WellKnownTextLiteral
        """;

    static readonly string[] All = [.. Names.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];
    static readonly KeywordSet Keywords = new([.. All.Select(name => "IFC" + name.ToUpperInvariant())]);

    public static int Count => All.Length;

    /// <summary>The number of a defined type, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<byte> keyword) => Keywords.IndexOf(keyword);

    /// <summary>As the schema writes it: <c>IfcPositiveLengthMeasure</c>.</summary>
    public static string NameOf(int measure) => "Ifc" + All[measure];

    /// <summary>The IfcUnitEnum or IfcDerivedUnitEnum of a measure: <c>LENGTHUNIT</c>. One that names no unit matches none.</summary>
    public static string UnitTypeOf(int measure)
    {
        var name = All[measure];
        foreach (var sign in (string[])["Positive", "NonNegative"])
            name = name.StartsWith(sign, StringComparison.Ordinal) ? name[sign.Length..] : name;
        return name switch
        {
            "SectionalAreaIntegralMeasure" => "SECTIONAREAINTEGRALUNIT",
            "ThermalConductivityMeasure" => "THERMALCONDUCTANCEUNIT",
            _ when name.EndsWith("Measure", StringComparison.Ordinal) => name[..^"Measure".Length].ToUpperInvariant() + "UNIT",
            _ => "",
        };
    }
}
