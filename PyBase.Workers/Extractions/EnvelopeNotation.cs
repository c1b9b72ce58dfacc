using System.Text.Json;
using PyBase.Core.Fields;
using PyBase.Extraction.Envelope;
using PyBase.Notation.Quantities;
using PyBase.Notation.Units;

namespace PyBase.Workers.Extractions;

/// <summary>
/// A column of texts that may all be in one engineering notation: dimensions, tolerance frames, threads, surface finishes, materials, revisions. Only where every text
/// reads, and a dimension reads as the number that the reader found beside it, does the column become a field of that type; else it stays text.
/// </summary>
sealed class EnvelopeNotation
{
    /// <summary>What the texts of a column may be, by its name; of several the first that all of them are.</summary>
    static readonly (string Column, string Type, object Options)[] Known =
    [
        ("displayed", "quantity", new { }), ("displayed", "surfaceFinish", new { checkRange = false }), ("text", "gdt", new { requireDatums = false }), ("designation", "thread", new { }),
        ("material", "material", new { requireStandard = true }), ("revision", "revision", new { }),
    ];

    readonly Notated? reads;
    readonly Func<ExtractedRow, string?> text;
    readonly int nominal;

    EnvelopeNotation(ExtractedTable table, int place, string type, JsonElement options)
    {
        (Type, Options, nominal) = (type, options, table.IndexOf("nominal"));
        var unit = table.IndexOf("unit");
        // Whatever the field's unit: every text is written with its own.
        text = type == "quantity" ? row => WithUnit(row, place, unit) : row => row.Cells[place].Text;
        reads = FieldTypes.Read(type, options, new FieldScope("", _ => false)).Value as Notated;
    }

    /// <summary>The field type.</summary>
    public string Type { get; }

    /// <summary>Its options.</summary>
    public JsonElement Options { get; }

    /// <summary>The text of a row as the field reads it; null for an empty cell.</summary>
    public string? Read(ExtractedRow row) => text(row);

    /// <summary>Does the text of the row read?</summary>
    public bool Holds(ExtractedRow row, int place) => string.IsNullOrWhiteSpace(row.Cells[place].Text)
        || (text(row) is { } written && reads!.Parse(JsonSerializer.SerializeToElement(written), new CellInput("", "", Typecast: false)).IsOk);

    /// <summary>What a column may be.</summary>
    public static IEnumerable<EnvelopeNotation> Of(ExtractedTable table, int place) =>
        Known.Where(known => known.Column == table.Columns[place].Key).Select(known => new EnvelopeNotation(table, place, known.Type, JsonSerializer.SerializeToElement(known.Options)));

    string? WithUnit(ExtractedRow row, int place, int unit)
    {
        if (row.Cells[place].Text is not { Length: > 0 } written || unit < 0 || row.Cells[unit].Text is not { } named)
            return null;
        return Unit.TryParse(named == "deg" ? "°" : named, out var its, out _) && Quantity.TryParse(written, its, out var quantity, out _)
            && (nominal < 0 || row.Cells[nominal].Number is not { } number || Math.Abs((double)quantity.Value - number) <= 1e-6 * Math.Max(1, Math.Abs(number)))
            ? quantity.ToString() : null;
    }
}
