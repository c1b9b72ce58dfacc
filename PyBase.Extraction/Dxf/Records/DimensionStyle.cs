using PyBase.Extraction.Dxf.Dimensions;

namespace PyBase.Extraction.Dxf.Records;

/// <summary>An entry of the DIMSTYLE table: its variables by group code. Its handle has code 105, since 5 was an arrow block.</summary>
sealed class DimensionStyle : DxfRecord
{
    /// <summary>2 name, 3 DIMPOST, all else variables; see <see cref="DimensionVariables"/>.</summary>
    public static readonly RecordType<DimensionStyle> Type = new("DIMSTYLE")
    {
        { 2, (style, tag) => style.Name = tag.Name() },
        { 3, (style, tag) => style.Variables.Post = tag.Text() },
        { 40, 49, Set },
        { 70, 79, Set },
        { 140, 149, Set },
        { 170, 179, Set },
        { 270, 289, Set },
    };

    public string Name { get; private set; } = "";
    public DimensionVariables Variables { get; } = new();

    static void Set(DimensionStyle style, Tags.TagReader tag) => style.Variables[tag.Code] = tag.Real();
}
