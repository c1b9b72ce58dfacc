using System.Collections.Frozen;
using PyBase.Extraction.Dxf.Dimensions;
using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Dxf.Content;

/// <summary>The variables of the HEADER section that matter here.</summary>
sealed class DrawingHeader
{
    static readonly FrozenDictionary<string, Action<DrawingHeader, TagReader>> Variables = new Dictionary<string, Action<DrawingHeader, TagReader>>
    {
        ["$ACADVER"] = (header, tag) => header.Version = tag.Name(),
        ["$DWGCODEPAGE"] = (header, tag) => header.CodePage = tag.Name(),
        ["$INSUNITS"] = (header, tag) => header.InsertUnits = tag.Small(),
        ["$MEASUREMENT"] = (header, tag) => header.Measurement = tag.Small(),
        ["$LUNITS"] = (header, tag) => header.LengthFormat = tag.Small(),
        ["$LASTSAVEDBY"] = (header, tag) => header.LastSavedBy = tag.Name(),
        ["$PROJECTNAME"] = (header, tag) => header.ProjectName = tag.Name(),
        ["$TDUPDATE"] = (header, tag) => header.Updated = tag.Real(),
        ["$TDCREATE"] = (header, tag) => header.Created = tag.Real(),
        ["$TDUUPDATE"] = (header, tag) => header.UpdatedUniversal = tag.Real(),
        ["$TDUCREATE"] = (header, tag) => header.CreatedUniversal = tag.Real(),
        ["$DIMSTYLE"] = (header, tag) => header.DimensionStyle = tag.Name(),
    }.ToFrozenDictionary();

    /// <summary><c>AC1009</c> is R12, <c>AC1032</c> R2018.</summary>
    public string Version { get; private set; } = "";
    public string CodePage { get; private set; } = "";
    public int? InsertUnits { get; private set; }
    public int? Measurement { get; private set; }
    public int? LengthFormat { get; private set; }
    public string LastSavedBy { get; private set; } = "";
    public string ProjectName { get; private set; } = "";
    public string DimensionStyle { get; private set; } = "";

    /// <summary>As Julian day with fraction, in the writer's local time.</summary>
    public double? Created { get; private set; }

    /// <summary>As Julian day with fraction, in the writer's local time.</summary>
    public double? Updated { get; private set; }

    /// <summary>The same in universal time, which is all that DWG files hold.</summary>
    public double? CreatedUniversal { get; private set; }

    /// <inheritdoc cref="CreatedUniversal"/>
    public double? UpdatedUniversal { get; private set; }

    /// <summary>The current values, for dimensions without a style.</summary>
    public DimensionVariables DimensionVariables { get; } = new();

    /// <summary>Takes the first value of a variable (group code 9).</summary>
    public void Take(string name, TagReader tag)
    {
        if (Variables.TryGetValue(name, out var set))
            set(this, tag);
        else
            DimensionVariables.Take(name, tag);
        if (name is "$DWGCODEPAGE")
            tag.Decoder.Declare(CodePage);
    }
}
