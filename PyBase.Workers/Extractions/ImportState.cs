using System.Text.Json;
using PyBase.Core.Jobs;

namespace PyBase.Workers.Extractions;

/// <summary>What an import has done, as its checkpoint says.</summary>
sealed record ImportState(IReadOnlyList<ImportedTable> Tables)
{
    public static ImportState? Read(JsonElement? checkpoint) => checkpoint?.Deserialize<ImportState>(JobJson.Options);

    public long Rows => Tables.Sum(t => (long)t.Count);

    /// <summary>So many rows of that table are written.</summary>
    public ImportState With(ImportedTable table, int count) => new([.. Tables.Select(t => t.Id == table.Id ? t with { Count = count } : t)]);
}

/// <summary>A table of an import: its fields as made, which people may rename or remove meanwhile, and how many rows are written.</summary>
sealed record ImportedTable(string Role, string Id, IReadOnlyList<string> Fields, int Count);
