namespace PyBase.Extraction.PartsLists;

/// <summary>What may be wrong with a parts list. Programs may rely on the codes.</summary>
public static class PartsListFindingCode
{
    /// <summary>The file has no parts list. Error.</summary>
    public const string Missing = "parts-list-missing";
    /// <summary>A part stands below itself; the line and those below it do not count. Warning.</summary>
    public const string Cycle = "parts-list-cycle";
    /// <summary>A line stands more than one step deeper than the one above it. Warning.</summary>
    public const string LevelJump = "parts-list-level-jump";
    /// <summary>Two lines say different things of one part number. Warning.</summary>
    public const string DataDiffers = "part-data-differs";
    /// <summary>A line does not say how many; totals it belongs to are empty. Warning.</summary>
    public const string QuantityMissing = "quantity-missing";
    /// <summary>One part number is counted in two units; its total is empty. Warning.</summary>
    public const string UnitDiffers = "quantity-unit-differs";
    /// <summary>A line has no part number; it is in no total. Info.</summary>
    public const string NumberMissing = "parts-list-number-missing";
}
