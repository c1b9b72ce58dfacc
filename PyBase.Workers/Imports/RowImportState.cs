using System.Text.Json;
using PyBase.Core.Jobs;

namespace PyBase.Workers.Imports;

/// <summary>What an import of rows has done, as its checkpoint says.</summary>
/// <param name="Table">The table that it fills.</param>
/// <param name="IsNew">It made the table.</param>
/// <param name="Fields">By the mapping's columns; people may rename or remove them meanwhile.</param>
/// <param name="NewFields">Those that it made in a table that was there.</param>
/// <param name="Rows">So many rows of the file are done.</param>
/// <param name="Total">So many has it.</param>
/// <param name="Created">Records made.</param>
/// <param name="Updated">Records changed.</param>
/// <param name="Notes">What was odd before the first row was written.</param>
/// <param name="UndoneTo">While it is taken back: the version below which nothing is taken back yet.</param>
sealed record RowImportState(string Table, bool IsNew, IReadOnlyList<string> Fields, IReadOnlyList<string> NewFields, long Rows, long Total, long Created, long Updated,
    IReadOnlyList<JobFinding> Notes, long? UndoneTo = null)
{
    public static RowImportState? Read(JsonElement? checkpoint) => checkpoint?.Deserialize<RowImportState>(JobJson.Options);
}
