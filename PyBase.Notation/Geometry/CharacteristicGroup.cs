namespace PyBase.Notation.Geometry;

/// <summary>What a characteristic controls (ISO 1101:2017, Table 1).</summary>
public enum CharacteristicGroup
{
    /// <summary>Form; never has a datum.</summary>
    Form,
    /// <summary>Profile; with or without datum.</summary>
    Profile,
    /// <summary>Orientation; needs a datum.</summary>
    Orientation,
    /// <summary>Location; needs a datum, position may do without.</summary>
    Location,
    /// <summary>Run-out; needs a datum.</summary>
    RunOut,
}
