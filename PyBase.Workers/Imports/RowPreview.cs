using System.Text.Json.Nodes;
using PyBase.Core.Imports;
using PyBase.Extraction.Rows;

namespace PyBase.Workers.Imports;

/// <summary>What a person decides on: how the file was read, its columns with types and examples, the first rows, a mapping to be changed, and what that would lose.</summary>
static class RowPreview
{
    public static JsonObject Of(RowFile file, RowAnalysis analysis, ImportMapping mapping, CheckedRows? check) => new()
    {
        ["file"] = new JsonObject
        {
            ["format"] = file.Format.ToString().ToLowerInvariant(), ["encoding"] = file.Encoding, ["delimiter"] = file.Delimiter?.ToString(), ["quote"] = file.Quote?.ToString(),
            ["sheets"] = new JsonArray([.. file.Sheets.Select(name => (JsonNode)name)]), ["sheet"] = file.Sheet, ["headerRow"] = file.HeaderRow, ["rows"] = analysis.Rows,
        },
        ["columns"] = new JsonArray([.. analysis.Columns.Select((name, n) => Column(name, analysis.Guesses[n], file))]),
        ["rows"] = new JsonArray([.. analysis.First.Select(row => new JsonArray([.. row.Select(cell => (JsonNode)cell)]))]),
        ["mapping"] = mapping.Write(),
        ["losses"] = new JsonArray([.. Losses(analysis, mapping, check)]),
    };

    static JsonObject Column(string name, ColumnGuess guess, RowFile file)
    {
        var field = guess.Field(name, file.Delimiter is not (null or ','), isPrimary: false);
        return new JsonObject
        {
            ["name"] = name, ["type"] = field.Spec.Type, ["filled"] = guess.Filled, ["longest"] = guess.MaxLength, ["ambiguous"] = field.IsAmbiguous,
            ["examples"] = new JsonArray([.. guess.Samples.Select(text => (JsonNode)text)]),
        };
    }

    static IEnumerable<JsonNode> Losses(RowAnalysis analysis, ImportMapping mapping, CheckedRows? check)
    {
        for (var n = 0; n < analysis.Columns.Count; n++)
            if (analysis.Guesses[n].Filled > 0 && mapping.Columns.All(c => c.Column != analysis.Columns[n]))
                yield return new JsonObject { ["column"] = analysis.Columns[n], ["cells"] = analysis.Guesses[n].Filled, ["why"] = "not-mapped" };
        if (check is null)
            yield break;
        foreach (var (column, cells) in check.Lost)
            yield return new JsonObject { ["column"] = column, ["cells"] = cells, ["why"] = "cell-not-read" };
    }
}
