using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>A STEP file of as many gearboxes as make an import of several transactions: each has four parts and three lines.</summary>
static class Gearbox
{
    static readonly Lazy<Task<(string Path, int Copies)>> s_file = new(WriteAsync);

    /// <summary>How many; the file is there once it was dropped.</summary>
    public static int Copies => s_file.Value.Result.Copies;

    public static int Rows => 7 * Copies;

    public static async Task<JsonNode> DropAsync(Person person, string baseId) => await person.DropAsync(baseId, (await s_file.Value).Path);

    static async Task<(string, int)> WriteAsync()
    {
        var path = Path.Combine(TestRun.NewFolder("big"), "gearboxes.stp");
        return (path, await BigStep.WriteAsync(Samples.Path("gearbox.stp"), path, copies: 400));
    }
}
