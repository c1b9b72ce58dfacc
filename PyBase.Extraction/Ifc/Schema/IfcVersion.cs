namespace PyBase.Extraction.Ifc;

/// <summary>Which attribute positions hold, told by the beginning of the schema's name.</summary>
enum IfcVersion
{
    /// <summary>IFC2X3 and, closest to it, the older IFC2X, IFC2X_FINAL and IFC2X2.</summary>
    Ifc2x3,
    /// <summary>IFC4, IFC4X1, IFC4X2.</summary>
    Ifc4,
    /// <summary>The release candidates IFC4X3_RC1 to IFC4X3_RC4: IfcFacilityPart still has its PredefinedType before UsageType.</summary>
    Ifc4x3Candidate,
    /// <summary>IFC4X3, IFC4X3_ADD1, IFC4X3_ADD2, IFC4X3_TC1; also what is newer or unknown.</summary>
    Ifc4x3,
}

static class IfcVersions
{
    /// <param name="schema">As in FILE_SCHEMA.</param>
    /// <param name="isKnown">False when the newest version was taken for want of a better one.</param>
    public static IfcVersion Of(string schema, out bool isKnown)
    {
        var name = schema.Trim().ToUpperInvariant();
        isKnown = true;
        if (name.StartsWith("IFC2X3", StringComparison.Ordinal))
            return IfcVersion.Ifc2x3;
        if (name.StartsWith("IFC4X3_RC", StringComparison.Ordinal))
            return IfcVersion.Ifc4x3Candidate;
        if (name.StartsWith("IFC4X3", StringComparison.Ordinal))
            return IfcVersion.Ifc4x3;
        if (name is "IFC4" || name.StartsWith("IFC4_", StringComparison.Ordinal) || name.StartsWith("IFC4X1", StringComparison.Ordinal) || name.StartsWith("IFC4X2", StringComparison.Ordinal))
            return IfcVersion.Ifc4;
        isKnown = false;
        // What is read has the positions of IFC2x3 in its forerunners too, as far as they have it.
        return name.StartsWith("IFC2X", StringComparison.Ordinal) ? IfcVersion.Ifc2x3 : IfcVersion.Ifc4x3;
    }

    /// <summary>The position of PredefinedType, or -1.</summary>
    public static int PredefinedType(this IfcClass subject, IfcVersion version) => version switch
    {
        IfcVersion.Ifc2x3 => subject.OldPredefinedType,
        IfcVersion.Ifc4x3Candidate when subject.Name == "IfcFacilityPart" => 9,
        _ => subject.PredefinedType,
    };
}
