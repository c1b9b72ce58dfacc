using System.Text.Json.Nodes;
using PyBase.Tests.Operations;
using PyBase.Tests.Support;

namespace PyBase.Tests.Deployment;

/// <summary>What the SDK would make images of; to make one it needs a base image from a registry.</summary>
public sealed class ImageTests
{
    [Theory, InlineData("PyBase.Api", "pybase/api"), InlineData("PyBase.Standalone", "pybase/standalone")]
    public async Task An_image_is_for_both_machines_and_not_for_root(string project, string repository)
    {
        var said = await Monitoring.CheckAsync("dotnet", "msbuild", Path.Combine(Repository.Root, project, project + ".csproj"), "-p:Images=true",
            "-getProperty:ContainerRepository,ContainerUser,ContainerRuntimeIdentifiers,ContainerImageTags,NuGetLockFilePath,Version");
        var properties = JsonNode.Parse(said)!["Properties"]!;
        Assert.Equal((repository, "1654"), ((string)properties["ContainerRepository"]!, (string)properties["ContainerUser"]!));
        Assert.Equal(["linux-arm64", "linux-x64"], ((string)properties["ContainerRuntimeIdentifiers"]!).Split(';').Order());
        Assert.Equal($"{properties["Version"]};latest", (string)properties["ContainerImageTags"]!);
        // The lock files of the repository know no machine, and stay as they are.
        Assert.Contains("artifacts", (string)properties["NuGetLockFilePath"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_program_has_its_image()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "eng", "images.sh"));
        Assert.All(["PyBase.Api", "PyBase.Realtime", "PyBase.Workers", "PyBase.Standalone"], project => Assert.Contains(project, script, StringComparison.Ordinal));
    }
}
