namespace PyBase.Extraction.Dxf.Records;

/// <summary>What entities, table entries and objects have in common.</summary>
abstract class DxfRecord
{
    /// <summary>The type as the file names it (group code 0).</summary>
    public string TypeName { get; set; } = "";

    /// <summary>Group code 5 (105 of a dimension style); 0 for none.</summary>
    public ulong Handle { get; set; }

    /// <summary>Group code 330 outside of groups: in entities the BLOCK_RECORD they lie in.</summary>
    public ulong Owner { get; set; }

    /// <summary>Group code 8, a number in the names of the drawing.</summary>
    public int Layer { get; set; } = -1;

    /// <summary>Group code 67: the entity lies in paper space.</summary>
    public bool IsInPaperSpace { get; set; }

    /// <summary>Group code 410: the layout's name, which few programs write.</summary>
    public string LayoutName { get; set; } = "";

    /// <summary>The block definition that the record stands in, in the order of the file; -1 for none.</summary>
    public int Block { get; set; } = -1;

    /// <summary>Where the record begins, for those without a handle.</summary>
    public string Place { get; set; } = "";

    /// <summary>Extended data (codes from 1000 on) of the applications wanted, each beginning with its 1001; null for none.</summary>
    public List<ExtendedValue>? ExtendedData { get; set; }

    /// <summary>How much it counts against the limit of records.</summary>
    public virtual int Weight => 1 + (ExtendedData?.Count ?? 0);

    /// <summary>The extended data of one application, without its name.</summary>
    public IEnumerable<ExtendedValue> ExtendedDataOf(string application)
    {
        var isWanted = false;
        foreach (var value in ExtendedData ?? [])
        {
            if (value.Code == 1001)
                isWanted = value.Text.Equals(application, StringComparison.OrdinalIgnoreCase);
            else if (isWanted)
                yield return value;
        }
    }
}

/// <summary>One value of extended data.</summary>
/// <param name="Code">1000 text, 1002 brace, 1005 handle, 1040 real, 1070 and 1071 integer.</param>
/// <param name="Text">Of codes below 1010; else empty.</param>
/// <param name="Number">Of codes from 1010 on.</param>
readonly record struct ExtendedValue(int Code, string Text, double Number)
{
    public ulong Handle => Code == 1005 && ulong.TryParse(Text, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var handle) ? handle : 0;
}
