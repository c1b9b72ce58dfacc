using System.Collections.Frozen;

namespace PyBase.Workers.Extractions;

/// <summary>What people see in place of the keys of an extraction's columns.</summary>
static class FieldNames
{
    static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["guid"] = "GUID", ["rgb"] = "RGB", ["aci"] = "ACI", ["si"] = "SI", ["id"] = "ID", ["x"] = "X", ["y"] = "Y", ["z"] = "Z",
        ["qty"] = "quantity", ["col"] = "column", ["cols"] = "columns", ["rowspan"] = "row span", ["colspan"] = "column span",
        ["sx"] = "scale X", ["sy"] = "scale Y", ["sz"] = "scale Z", ["pset"] = "property set", ["qset"] = "quantity set", ["attdef"] = "attribute",
        ["pmi"] = "PMI", ["bom"] = "BOM", ["cad"] = "CAD", ["gdt"] = "GD&T", ["ref"] = "reference", ["xref"] = "external reference",
        ["bbox"] = "box", ["takeoff"] = "take-off", ["dimstyle"] = "dimension style", ["xrefs"] = "external references",
    }.ToFrozenDictionary();

    /// <summary>Columns that name a row, the best first.</summary>
    public static readonly string[] Titles = ["part_number", "product", "designation", "displayed", "name", "text", "field", "identification", "path"];

    /// <summary><c>part_number</c> → <c>part number</c>.</summary>
    public static string Plain(string key) => string.Join(' ', key.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => Words.GetValueOrDefault(word, word)));

    /// <summary><c>part_number</c> → <c>Part number</c>.</summary>
    public static string Of(string key)
    {
        var name = Plain(key);
        return name.Length == 0 ? "Column" : char.ToUpperInvariant(name[0]) + name[1..];
    }
}
