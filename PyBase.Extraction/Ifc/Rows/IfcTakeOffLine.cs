namespace PyBase.Extraction.Ifc;

/// <summary>How much there is of one type of element on one storey.</summary>
/// <param name="Storey">Name of the storey; null for none.</param>
/// <param name="StoreyGuid">GlobalId of the storey.</param>
/// <param name="Class">Class of the elements.</param>
/// <param name="Type">Name of their type, else their ObjectType; null for neither.</param>
/// <param name="Count">How many.</param>
/// <param name="Length">Sum of their lengths in the project's unit; null when none has one.</param>
/// <param name="Area">Sum of their net areas, else gross areas.</param>
/// <param name="Volume">Sum of their net volumes, else gross volumes.</param>
/// <param name="LengthCount">How many of them have a length; areas and volumes likewise.</param>
/// <param name="AreaCount">How many have an area.</param>
/// <param name="VolumeCount">How many have a volume.</param>
/// <param name="Locator">Of the first of them.</param>
sealed record IfcTakeOffLine(
    string? Storey, string? StoreyGuid, string Class, string? Type, int Count, double? Length, double? Area, double? Volume,
    int LengthCount, int AreaCount, int VolumeCount, string Locator)
{
    /// <summary>What share of the elements the least complete sum covers; 1 where nothing is summed but the count.</summary>
    public double Confidence => (double)((int[])[LengthCount, AreaCount, VolumeCount]).Where(count => count > 0).DefaultIfEmpty(Count).Min() / Count;
}
