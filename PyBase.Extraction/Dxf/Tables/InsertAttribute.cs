using PyBase.Extraction.Dxf.Records;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>The value of an attribute at one reference to a block.</summary>
/// <param name="IsConstant">Whether it is written in the definition and holds for every reference; such ones never follow an INSERT.</param>
readonly record struct InsertAttribute(string Tag, string Raw, string Value, bool IsConstant, string Layer)
{
    /// <summary>Flag 2 of group code 70.</summary>
    public const int Constant = 2;

    public static InsertAttribute Of(TextEntity text, string layer, bool isConstant = false) =>
        new(text.Tag, text.Raw, text.Plain, isConstant, layer);
}
