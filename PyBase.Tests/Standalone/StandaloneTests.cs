using PyBase.Standalone.Embedded;
using PyBase.Tests.Jobs;
using PyBase.Tests.Support;

namespace PyBase.Tests.Standalone;

[Collection(OnStandalone.Name)]
public sealed class StandaloneTests(StandaloneInstallation installation)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_it_leaves_its_database_running_and_goes_on_with_it_and_with_its_job()
    {
        await using var standalone = await StandaloneProcess.StartAsync(cancellationToken: Cancelled);
        var database = PostmasterFile.Read(Path.Combine(standalone.Data, "postgres"))!;
        using var person = await Person.SignUpAsync(standalone.Address);
        var baseId = await person.CreateBaseAsync();
        await using (var gate = await Gate.BehindRowsAsync(standalone.ConnectionString, baseId))
        {
            await Gearbox.DropAsync(person, baseId);
            await gate.ReachedAsync();
            await standalone.KillAsync();
        }

        await standalone.StartAgainAsync(Cancelled);
        Assert.Equal(database.ProcessId, PostmasterFile.Read(Path.Combine(standalone.Data, "postgres"))!.ProcessId);
        var ended = await person.EndOfAsync((await person.GetAsync($"/api/jobs?base={baseId}"))["jobs"]!.AsArray().Single()!);
        Assert.Equal(("succeeded", 2), ((string)ended["state"]!, ended["attempts"]!.GetValue<int>()));
        foreach (var table in ended["result"]!["tables"]!.AsArray())
            Assert.Equal(table!["created"]!.GetValue<int>(), (await person.ListAsync(baseId, (string)table["id"]!, "&pageSize=1000")).Count);
        Assert.Equal(4 * Gearbox.Copies, ended["result"]!["tables"]![0]!["created"]!.GetValue<int>());

        await standalone.StopAsync();
        Assert.Null(PostmasterFile.Read(Path.Combine(standalone.Data, "postgres")));
    }

    [Fact]
    public async Task A_second_one_says_which_process_has_the_data()
    {
        var first = installation.Process;
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StandaloneProcess.StartAsync(data: first.Data, cancellationToken: Cancelled));
        Assert.Contains($"Another PyBase (process {first.Id}) is using the data directory {first.Data}", refused.Message, StringComparison.Ordinal);
        Assert.True(first.Running);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_one_sentence_and_leaves_no_database()
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var data = Path.Combine(TestRun.NewFolder("taken"), "data");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => PyBaseProcess.RunAsync(
            "PyBase.Standalone", "standalone", ["--data", data, "--urls", $"http://{other.LocalEndpoint}"], new Dictionary<string, string>(), Cancelled));
        Assert.Contains("ended with 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("is already in use. Stop the other program", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Told_to_stop_while_it_starts_it_leaves_no_database()
    {
        var data = Path.Combine(TestRun.NewFolder("early"), "data");
        await using var process = new PyBaseProcess("PyBase.Standalone", "standalone", ["--data", data], new Dictionary<string, string>());
        var starting = process.StartAsync(Cancelled);
        await Wait.UntilAsync(() => PostmasterFile.Read(Path.Combine(data, "postgres")) is not null);
        await process.StopAsync();
        await Task.WhenAny(starting);
        Assert.Null(PostmasterFile.Read(Path.Combine(data, "postgres")));
    }
}
