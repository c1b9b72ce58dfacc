using PyBase.Standalone.Embedded;
using PyBase.Tests.Support;

namespace PyBase.Tests.Standalone;

public sealed class StandaloneTests
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_it_leaves_its_database_running_and_goes_on_with_it()
    {
        await using var standalone = await StandaloneProcess.StartAsync(cancellationToken: Cancelled);
        var database = PostmasterFile.Read(Path.Combine(standalone.Data, "postgres"))!;

        await standalone.KillAsync();
        await standalone.StartAgainAsync(Cancelled);
        Assert.Equal(database.ProcessId, PostmasterFile.Read(Path.Combine(standalone.Data, "postgres"))!.ProcessId);

        await standalone.StopAsync();
        Assert.Null(PostmasterFile.Read(Path.Combine(standalone.Data, "postgres")));
    }

    [Fact]
    public async Task A_second_one_says_which_process_has_the_data()
    {
        await using var first = await StandaloneProcess.StartAsync(cancellationToken: Cancelled);
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
        while (PostmasterFile.Read(Path.Combine(data, "postgres")) is null)
            await Task.Delay(5, Cancelled);
        await process.StopAsync();
        await Task.WhenAny(starting);
        Assert.Null(PostmasterFile.Read(Path.Combine(data, "postgres")));
    }
}
