using System.Text.Json;
using System.Text.Json.Serialization;

namespace PyBase.Core.Scaling;

/// <summary>
/// What things cost, as <c>PyBase.Benchmarks capacity</c> measures it; <c>costs.json</c> is its last report. Milliseconds are those of one core.
/// </summary>
/// <param name="Measured">When, where and how.</param>
/// <param name="PageApiMs">A page of 100 records × 20 fields, sorted, in the API.</param>
/// <param name="PageDatabaseMs">The same in PostgreSQL.</param>
/// <param name="EditApiMs">A changed cell, in the API.</param>
/// <param name="EditDatabaseMs">The same in PostgreSQL, change log included.</param>
/// <param name="DeliveryMs">A change told to one who has the table open.</param>
/// <param name="FileSeconds">A drawing read into rows.</param>
/// <param name="RowBytes">A row of 20 fields on disk, with indexes, text search and its share of the log.</param>
/// <param name="SocketKiB">Memory of an open live connection.</param>
/// <param name="ProcessMiB">Memory of a process that has worked for a while.</param>
public sealed record RequestCosts(
    string Measured, double PageApiMs, double PageDatabaseMs, double EditApiMs, double EditDatabaseMs, double DeliveryMs, double FileSeconds, double RowBytes, double SocketKiB, double ProcessMiB)
{
    /// <summary>How the report is written and read.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectRequiredConstructorParameters = true };

    /// <summary>The report that this version of PyBase comes with.</summary>
    public static RequestCosts Reported { get; } = Embedded.Read<RequestCosts>("costs.json", Json);
}

/// <summary>Files that the assembly carries.</summary>
static class Embedded
{
    public static T Read<T>(string name, JsonSerializerOptions options)
    {
        using var file = typeof(Embedded).Assembly.GetManifestResourceStream($"PyBase.Core.Scaling.{name}")!;
        return JsonSerializer.Deserialize<T>(file, options)!;
    }
}
