using System.IO.Compression;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>Real files of every format go in over HTTP in one drop; as many rows come out as an independent reader found in them, each with the place it came from.</summary>
[Collection(OnStandalone.Name)]
public sealed class RealDropTests(StandaloneInstallation installation)
{
    /// <summary>A table of more rows is asked for its first page only, so that the suite stays short; the job says how many were made.</summary>
    const int MaxListed = 3_000;

    /// <summary>Of formats whose rows other tests count: the smaller files.</summary>
    const int OfOthers = 6;

    [Fact]
    public async Task As_many_rows_come_out_as_are_in_the_files()
    {
        Assert.SkipUnless(SharedData.Exists, "no shared data");
        string[] counted = [.. SharedData.Files("drawings/dxf", "*"), .. SharedData.Files("drawings/ifc", "*.ifc*")];
        string[] others = [.. ((string[])["dwg", "pdf", "step", "xlsx"]).SelectMany(format => SharedData.Files($"drawings/{format}", "*.*").OrderBy(file => new FileInfo(file).Length).Take(OfOthers))];
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();

        var bulk = await person.EndOfAsync(await person.DropAsync(baseId, [.. counted, .. others]), TimeSpan.FromMinutes(5));

        var jobs = bulk["children"]!.AsArray().ToDictionary(job => (string)job!["file"]!["name"]!, job => job!);
        Assert.Equal(counted.Length + others.Length, jobs.Count);
        var wrong = new List<string>();
        foreach (var file in counted)
        {
            if (await WrongAsync(file, jobs[Path.GetFileName(file)]) is { } what)
                wrong.Add($"{Path.GetFileName(file)}: {what}");
        }
        foreach (var file in others.Where(file => (string)jobs[Path.GetFileName(file)]["state"]! != "succeeded" && jobs[Path.GetFileName(file)]["error"]?["hint"] is null))
            wrong.Add($"{Path.GetFileName(file)}: {jobs[Path.GetFileName(file)].ToJsonString()}");
        Assert.Empty(wrong);
        foreach (var (name, job) in jobs)
        {
            var tables = job["result"]?["tables"]?.AsArray() ?? [];
            Assert.True(tables.Count > 0 || job["findings"]!.AsArray().Count > 0, $"{name} gives nothing and says nothing");
            foreach (var table in tables.Where(table => table!["created"]!.GetValue<int>() is > 0 and <= MaxListed))
                await RowsAsync(person, baseId, name, table!);
        }
    }

    static async Task<string?> WrongAsync(string file, JsonNode job)
    {
        if ((string)job["state"]! != "succeeded")
            return job.ToJsonString();
        var truth = await TruthAsync(SharedData.Locate("truth"), Path.GetRelativePath(SharedData.Locate("drawings"), file));
        var counts = job["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!, t => t!["created"]!.GetValue<int>());
        int Rows(params string[] roles) => roles.Sum(role => counts.GetValueOrDefault(role));
        (string, int Truth, int Rows)[] pairs = Path.GetFileName(Path.GetDirectoryName(file)) == "dxf"
            ? [.. ((string[])["inserts", "texts", "dimensions"]).Select(list => (list, Length(truth, list), Rows(list))), ("blocks", Length(truth["raw"], "raw_block_names"), Rows("blocks"))]
            // The tree of places begins with the project, which is none of the truth's objects.
            : [("types", Length(truth, "types"), Rows("types")), ("objects", Length(truth, "objects") + Length(truth, "project"), Rows("spatial", "elements", "groups"))];
        return pairs.FirstOrDefault(pair => pair.Truth != pair.Rows) is { Item1: not null } pair ? $"{pair.Truth} {pair.Item1}, {pair.Rows} rows" : null;
    }

    static async Task RowsAsync(Person person, string baseId, string name, JsonNode table)
    {
        var id = (string)table["id"]!;
        var rows = await person.ListAsync(baseId, id, "&pageSize=1000");
        Assert.Equal(table["created"]!.GetValue<int>(), rows.Count);
        // A sheet that is no parts list is imported as it is: its cells say where they stand.
        if (rows[0]["fields"]!["Locator"] is not null)
            Assert.All(rows, row => Assert.NotNull(row["fields"]!["Locator"]));
        var source = await person.GetAsync($"/api/bases/{baseId}/tables/{id}/records/{(string)rows[0]["id"]!}/provenance");
        Assert.Equal(name, (string?)(source["record"] ?? source["cells"]!.AsArray().FirstOrDefault())?["file"]!["name"]);
    }

    static int Length(JsonNode? holder, string list) => (holder?[list] as JsonArray)?.Count ?? 0;

    static async Task<JsonNode> TruthAsync(string folder, string file)
    {
        var path = Path.Combine(folder, file + ".json");
        await using Stream stream = File.Exists(path) ? File.OpenRead(path) : new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        return (await JsonNode.ParseAsync(stream))!;
    }
}
