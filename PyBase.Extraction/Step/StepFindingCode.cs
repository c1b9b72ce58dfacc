namespace PyBase.Extraction.Step;

/// <summary>The codes that only STEP files give rise to; the others are in <see cref="FindingCode"/>. Programs may rely on them.</summary>
public static class StepFindingCode
{
    /// <summary>Where a usage places its part cannot be read; the part stands at its own origin. Warning.</summary>
    public const string PlacementUnread = "placement-unread";
    /// <summary>Another file that came with this one refers to it, so it is read as part of that assembly. Info.</summary>
    public const string PartOfAssembly = "part-of-assembly";
    /// <summary>Measuring the shapes would take more steps than allowed; boxes are missing. Warning.</summary>
    public const string GeometryTooLarge = "geometry-too-large";
    /// <summary>A dimension has no value. Info.</summary>
    public const string DimensionWithoutValue = "dimension-without-value";
    /// <summary>A tolerance has no value. Warning.</summary>
    public const string ToleranceWithoutValue = "tolerance-without-value";
}
