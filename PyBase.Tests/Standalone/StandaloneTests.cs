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
}
