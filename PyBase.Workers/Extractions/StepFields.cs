using System.Collections.Frozen;
using System.Text.Json;
using PyBase.Core.Schema;
using PyBase.Extraction;

namespace PyBase.Workers.Extractions;

/// <summary>The fields that the tables <c>parts</c> and <c>assembly</c> of a STEP file have in any case, whatever the file holds; clients rely on them.</summary>
static class StepFields
{
    static readonly JsonElement Whole = JsonSerializer.SerializeToElement(new { precision = 0 });

    static readonly FrozenDictionary<(string Table, string Column), FieldSpec> Specs = new Dictionary<(string, string), FieldSpec>
    {
        [("parts", "part_number")] = new("Part number", "singleLineText"),
        [("parts", "name")] = new("Name", "singleLineText"),
        [("parts", "description")] = new("Description", "multilineText"),
        [("parts", "version")] = new("Version", "singleLineText"),
        [("assembly", "path")] = new("Path", "singleLineText"),
        [("assembly", "level")] = new("Level", "number", Whole),
        [("assembly", "qty")] = new("Quantity", "number", Whole),
        [("assembly", "total_qty")] = new("Total quantity", "number", Whole),
    }.ToFrozenDictionary();

    /// <summary>Whether the table is made even without rows, its first column naming them.</summary>
    public static bool Has(FileFormat format, string table) => format is FileFormat.Step && table is "parts" or "assembly";

    public static FieldSpec? Of(FileFormat format, string table, string column) => Has(format, table) ? Specs.GetValueOrDefault((table, column)) : null;
}
