using System.Text.Json;
using PyBase.Core.Fields;

namespace PyBase.Storage.Records;

/// <summary>A row of a link table, seen from a field: its place in the cell here, and in the cell of the record it leads to (null: not known, so the last).</summary>
readonly record struct StoredLink(string Near, string Far, double NearOrder, double? FarOrder);

/// <summary>
/// What a change of links leaves in the log, under <c>links</c> by field: <c>was</c>, rows of the link table that went or moved, as <c>[near, far, place, place there]</c>, and
/// <c>made</c>, those that came.
/// </summary>
static class LoggedLinks
{
    /// <summary>Links that come, by field.</summary>
    public static string Write(IEnumerable<(string FieldId, IReadOnlyList<StoredLink> Made)> links) =>
        JsonSerializer.Serialize(links.ToDictionary(l => l.FieldId, l => new { was = Array.Empty<object>(), made = l.Made.Select(pair => new[] { pair.Near, pair.Far }) }));

    public static IReadOnlyList<StoredLink> Read(JsonElement logged, string which) => logged.TryGetList(which, out var links)
        ? [.. links.Select(l => l.GetArrayLength() > 2
            ? new StoredLink(l[0].GetString()!, l[1].GetString()!, l[2].GetDouble(), l[3].ValueKind is JsonValueKind.Number ? l[3].GetDouble() : null)
            : new StoredLink(l[0].GetString()!, l[1].GetString()!, 0, null))]
        : [];
}
