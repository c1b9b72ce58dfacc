using System.Text.Json.Nodes;
using PyBase.Tests.Extraction;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>Real STEP files go in over HTTP, and the rows that come out are the tree that an independent reader found.</summary>
[Collection(OnCluster.Name)]
public sealed class StepDropTests(DistributedInstallation installation)
{
    public static TheoryData<string> StepFiles => [.. SharedData.Exists
        ? SharedData.Files("drawings/step", "*.st*p").Concat(SharedData.Files("drawings/step", "*.ST*P")).Distinct().Select(f => Path.GetRelativePath(SharedData.Locate("drawings"), f))
        : ["no shared data"]];

    [Theory, MemberData(nameof(StepFiles))]
    public async Task The_rows_are_the_tree_of_the_file(string file)
    {
        var path = SharedData.Locate(Path.Combine("drawings", file));
        var truth = JsonNode.Parse(await File.ReadAllTextAsync(SharedData.Locate($"truth/{file}.json"), TestContext.Current.CancellationToken))!;
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();

        var job = await person.EndOfAsync(await person.DropAsync(baseId, path));

        Assert.Equal("succeeded", (string)job["state"]!);
        var tables = job["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!, t => (string)t!["id"]!);
        var parts = await person.ListAsync(baseId, tables["parts"]);
        var lines = await person.ListAsync(baseId, tables["assembly"]);
        Assert.Equal(job["result"]!["tables"]![0]!["created"]!.GetValue<int>(), parts.Count);
        StepTruth.Check(truth, parts, lines);
    }

    [Fact]
    public async Task Files_that_refer_to_each_other_are_one_assembly()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var job = await person.EndOfAsync(await person.DropAsync(baseId, [.. Directory.EnumerateFiles(SharedData.Locate("drawings/step/s1-c5-214"))]));

        Assert.Equal("succeeded", (string)job["state"]!);
        var whole = Assert.Single(job["children"]!.AsArray(), child => child!["result"]!["tables"]!.AsArray().Count > 0)!;
        Assert.Equal("s1-c5-214.stp", (string)whole["file"]!["name"]!);
        Assert.DoesNotContain(whole["findings"]!.AsArray(), finding => (string)finding!["code"]! == "external-file-missing");
        Assert.All(job["children"]!.AsArray().Where(child => child != whole), child => Assert.Equal("part-of-assembly", (string)child!["findings"]![0]!["code"]!));
        var tables = whole["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!, t => (string)t!["id"]!);
        var lines = await person.ListAsync(baseId, tables["assembly"]);
        var parents = lines.Select(line => (string)line["fields"]!["Parent"]![0]!).ToHashSet();
        Assert.Equal(11, lines.Where(line => !parents.Contains((string)line["fields"]!["Part"]![0]!)).Sum(line => line["fields"]!["Total quantity"]!.GetValue<double>()));
    }

    [Fact]
    public async Task A_file_that_refers_to_others_says_which_are_missing()
    {
        using var person = await installation.SignUpAsync();
        var job = await person.EndOfAsync(await person.DropAsync(await person.CreateBaseAsync(), SharedData.Locate("drawings/step/s1-c5-214/s1-c5-214.stp")));
        Assert.Equal(("succeeded", 4), ((string)job["state"]!, job["findings"]!.AsArray().Count(finding => (string)finding!["code"]! == "external-file-missing")));
    }

    [Fact]
    public async Task The_agreed_fields_come_first_whatever_the_file_holds()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        // Numbers that look like days, no description, no name, no assembly: other tables would get other fields.
        var file = Part21Text.Bytes(Part21Text.Data(StepText.Product(1, "2014-01-01", version: "2014-01-01")));
        var job = await person.EndOfAsync(await person.DropAsync(baseId, "days.stp", file));

        Assert.Equal("succeeded", (string)job["state"]!);
        var made = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray();
        List<string> Fields(int table, int count) => [.. made[table]!["fields"]!.AsArray().Take(count).Select(field => $"{(string)field!["name"]!}: {(string)field["type"]!}")];
        Assert.Equal(["Part number: singleLineText", "Name: singleLineText", "Description: multilineText", "Version: singleLineText"], Fields(0, 4));
        Assert.Equal(["Path: singleLineText", "Level: number", "Parent: multipleRecordLinks", "Part: multipleRecordLinks", "Quantity: number", "Total quantity: number"], Fields(1, 6));
        Assert.Equal("2014-01-01", (string)(await person.ListAsync(baseId, (string)made[0]!["id"]!))[0]["fields"]!["Version"]!);
    }

    [Fact]
    public async Task Dimensions_and_tolerances_of_the_model_are_rows()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var job = await person.EndOfAsync(await person.DropAsync(baseId, SharedData.Locate("drawings/step/nist_ctc_01_asme1_ap242-e1.stp")));

        var tables = job["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!, t => (string)t!["id"]!);
        var dimensions = await person.ListAsync(baseId, tables["pmi_dimensions"]);
        Assert.Equal((12, 6, 3), (dimensions.Count, (await person.ListAsync(baseId, tables["pmi_tolerances"])).Count, (await person.ListAsync(baseId, tables["datums"])).Count));
        // Four name what they measure and leave the value out.
        Assert.Equal(8, dimensions.Count(row => row["fields"]!["Nominal"]?.GetValue<double>() > 0));
        Assert.All(dimensions, row => Assert.True((row["fields"]!["Confidence"]!.GetValue<double>(), (string)row["fields"]!["Locator"]!) is (1, ['#', ..])));
    }

    [Fact]
    public async Task Several_files_are_one_bulk_job_with_a_child_each()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var job = await person.EndOfAsync(await person.DropAsync(baseId, Samples.Path("gearbox.stp"), Samples.Path("no-step.stp")));

        Assert.Equal(("bulk", "failed", "some-files-failed"), ((string)job["kind"]!, (string)job["state"]!, (string)job["error"]!["code"]!));
        Assert.Equal(["failed", "succeeded"], job["children"]!.AsArray().Select(c => (string)c!["state"]!).Order());
    }

    [Fact]
    public async Task The_same_idempotency_key_is_the_same_job()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        person.Client.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var jobs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => person.DropAsync(baseId, Samples.Path("gearbox.stp"))));
        Assert.Single(jobs.Select(j => (string)j["id"]!).Distinct());
    }
}
