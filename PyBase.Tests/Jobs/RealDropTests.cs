using System.IO.Compression;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>Every real DXF and IFC file goes in over HTTP; as many rows come out as an independent reader found in it.</summary>
[Collection(OnStandalone.Name)]
public sealed class RealDropTests(StandaloneInstallation installation)
{
    /// <summary>A table of more rows is asked for its first page only, so that the suite stays short; the job says how many were made.</summary>
    const int MaxListed = 3_000;

    public static TheoryData<string> Files => [.. SharedData.Exists
        ? SharedData.Files("drawings/dxf", "*").Concat(SharedData.Files("drawings/ifc", "*.ifc*")).Select(f => Path.GetRelativePath(SharedData.Locate("drawings"), f))
        : ["no shared data"]];

    [Theory, MemberData(nameof(Files))]
    public async Task As_many_rows_come_out_as_are_in_the_file(string file)
    {
        var path = SharedData.Locate(Path.Combine("drawings", file));
        var truth = await TruthAsync(SharedData.Locate("truth"), file);
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();

        var job = await person.EndOfAsync(await person.DropAsync(baseId, path));

        Assert.True((string)job["state"]! == "succeeded", job.ToJsonString());
        var counts = job["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!, t => t!["created"]!.GetValue<int>());
        int Rows(params string[] roles) => roles.Sum(role => counts.GetValueOrDefault(role));
        if (file.StartsWith("dxf", StringComparison.Ordinal))
        {
            Assert.Equal((Length(truth, "inserts"), Length(truth, "texts"), Length(truth, "dimensions")), (Rows("inserts"), Rows("texts"), Rows("dimensions")));
            Assert.Equal(Length(truth["raw"], "raw_block_names"), Rows("blocks"));
        }
        else
        {
            Assert.Equal(Length(truth, "types"), Rows("types"));
            // The tree of places begins with the project, which is none of the truth's objects.
            Assert.Equal(Length(truth, "objects") + Length(truth, "project"), Rows("spatial", "elements", "groups"));
        }
        foreach (var table in job["result"]!["tables"]!.AsArray().Where(t => t!["created"]!.GetValue<int>() <= MaxListed))
        {
            var rows = await person.ListAsync(baseId, (string)table!["id"]!, "&pageSize=1000");
            Assert.Equal(table["created"]!.GetValue<int>(), rows.Count);
            Assert.All(rows, row => Assert.NotNull(row["fields"]!["Locator"]));
        }
    }

    static int Length(JsonNode? holder, string list) => (holder?[list] as JsonArray)?.Count ?? 0;

    static async Task<JsonNode> TruthAsync(string folder, string file)
    {
        var path = Path.Combine(folder, file + ".json");
        await using Stream stream = File.Exists(path) ? File.OpenRead(path) : new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        return (await JsonNode.ParseAsync(stream))!;
    }
}
