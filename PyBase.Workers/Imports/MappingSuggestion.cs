using System.Text.Json;
using PyBase.Core.Fields;
using PyBase.Core.Imports;
using PyBase.Core.Schema;
using PyBase.Workers.Extractions;

namespace PyBase.Workers.Imports;

/// <summary>What a file of rows would most likely become, after what became of files before it.</summary>
sealed class MappingSuggestion(BaseSchema schema, IReadOnlyList<LearnedColumn> learned, ImportFindings findings)
{
    static readonly HashSet<string> Texts = ["singleLineText", "multilineText", "richText", "email", "url", "phoneNumber", "barcode"];
    static readonly HashSet<string> Numbers = ["number", "currency", "duration"];

    /// <summary>A table of its own with a field for each column, or the fields of a table that took such columns before or are called like them.</summary>
    public ImportMapping Of(RowAnalysis analysis, string fileName, bool prefersComma, Table? table)
    {
        var columns = new List<MappedColumn>();
        for (var n = 0; n < analysis.Columns.Count; n++)
        {
            var (name, guess) = (analysis.Columns[n], analysis.Guesses[n].Field(analysis.Columns[n], prefersComma, isPrimary: n == 0));
            if (guess.IsAmbiguous)
                findings.Add("column-ambiguous", "info", $"The column \"{name}\" can be read in two ways; it was read with {(guess.Spec.Type is "number" ? $"decimal {guess.Form.Numbers.ToString().ToLowerInvariant()}" : guess.Form.Dates is DateForm.DayFirst ? "the day first" : "the month first")}.", null);
            if (table is null)
                columns.Add(new MappedColumn(name, null, n == 0 ? guess.Spec : AsBefore(guess.Spec, name), guess.Form));
            else if (FieldFor(table, name, columns) is { } field)
                columns.Add(new MappedColumn(name, field.Id, null, guess.Form));
            else if (analysis.Guesses[n].Filled > 0)
                findings.Add("column-without-field", "warning", $"The table has no field for the column \"{name}\"; it is left out.", null);
        }
        return new ImportMapping(table?.Id, table is null ? FileStem.Of(fileName) : null, columns, null, table is null ? BadRows.Stop : BadRows.Skip, KeepIds: false);
    }

    Field? FieldFor(Table table, string column, List<MappedColumn> taken)
    {
        var key = LearnedColumn.KeyOf(column);
        var before = learned.Where(one => one.Table == table.Id && LearnedColumn.KeyOf(one.Column) == key).Select(one => table.Find(one.Field)).OfType<Field>();
        return before.Concat(table.Fields.Where(field => LearnedColumn.KeyOf(field.Name) == key)).FirstOrDefault(field => !field.Type.IsComputed && taken.All(t => t.Field != field.Id));
    }

    /// <summary>The type and unit that such a column got before, where all its cells fit that as well as what they look like by themselves.</summary>
    FieldSpec AsBefore(FieldSpec spec, string column)
    {
        var key = LearnedColumn.KeyOf(column);
        foreach (var one in learned.Where(one => LearnedColumn.KeyOf(one.Column) == key))
            if (schema.Find(one.Table)?.Find(one.Field) is { } field && (Texts.Contains(spec.Type) && Texts.Contains(field.Type.Name) && spec.Type != "multilineText" || Numbers.Contains(spec.Type) && Numbers.Contains(field.Type.Name)))
                return spec with { Type = field.Type.Name, Options = OptionsOf(field.Type) };
        return spec;
    }

    static JsonElement OptionsOf(FieldType type) => type.StoredOptions() is { } options ? JsonSerializer.Deserialize<JsonElement>(options) : default;
}
