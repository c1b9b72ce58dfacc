using System.Text.Json;
using PyBase.Core.Schema;
using PyBase.Extraction.Step;

namespace PyBase.Workers.Extractions;

/// <summary>A STEP file's product structure as the tables that the contract names: <c>parts</c> and <c>assembly</c>.</summary>
static class StepTables
{
    static readonly JsonElement Whole = JsonSerializer.SerializeToElement(new { precision = 0 });

    public static ImportTable[] Of(StepStructure structure, string fileName)
    {
        var stem = FileStem.Of(fileName);
        return
        [
            new("parts", $"{stem} parts", $"Products of {fileName}.",
                [new(new("Part number", "singleLineText")), new(new("Name", "singleLineText")), new(new("Description", "multilineText")), new(new("Version", "singleLineText"))],
                structure.Parts.Count, done => structure.Parts.Skip(done).Select(part => new object?[] { part.PartNumber, part.Name, part.Description, part.Version })),
            new("assembly", $"{stem} assembly", $"The tree of {fileName}, one row for each place in it.",
                [
                    new(new("Path", "singleLineText")), new(new("Level", "number", Whole)),
                    new(new("Parent", "multipleRecordLinks", InverseName: "Consists of"), "parts"), new(new("Part", "multipleRecordLinks", InverseName: "Used in"), "parts"),
                    new(new("Quantity", "number", Whole)), new(new("Total quantity", "number", Whole)),
                ],
                structure.LineCount, done => structure.Lines(done).Select(line => new object?[]
                    { line.Path, (double)line.Level, line.Parent.Index, line.Part.Index, (double?)line.Quantity, (double?)line.TotalQuantity })),
        ];
    }
}
