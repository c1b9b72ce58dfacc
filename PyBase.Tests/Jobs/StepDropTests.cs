using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>Real STEP files go in over HTTP, and the rows that come out are the tree that an independent reader found.</summary>
public abstract class StepDropTests(Installation installation)
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

[Collection(OnStandalone.Name)]
public sealed class StepDropOnStandaloneTests(StandaloneInstallation installation) : StepDropTests(installation);

[Collection(OnCluster.Name)]
public sealed class StepDropOnClusterTests(DistributedInstallation installation) : StepDropTests(installation);
