using System.Text.Json;
using PyBase.Core.Jobs;

namespace PyBase.Workers.Airtable;

/// <summary>A table of the other base and what was made for it: fields by their ids there.</summary>
/// <param name="Source"><c>tbl…</c> there.</param>
/// <param name="Id"><c>tbl…</c> here.</param>
/// <param name="Name">There.</param>
/// <param name="Fields">Ids there → ids here.</param>
/// <param name="Created">Records so far.</param>
sealed record CopiedTable(string Source, string Id, string Name, Dictionary<string, string> Fields, long Created);

/// <summary>How far a copy of a base is. What of a table is there already is not written again, so within a table no place is kept.</summary>
/// <param name="Tables">In the order of the other base.</param>
/// <param name="Done">Tables whose records are there.</param>
/// <param name="Linked">Tables whose links are there.</param>
/// <param name="Notes">What was not copied as it is there.</param>
sealed record AirtableState(IReadOnlyList<CopiedTable> Tables, int Done, int Linked, IReadOnlyList<JobFinding> Notes)
{
    public static AirtableState? Read(JsonElement? checkpoint) => checkpoint?.Deserialize<AirtableState>(JobJson.Options);
}
