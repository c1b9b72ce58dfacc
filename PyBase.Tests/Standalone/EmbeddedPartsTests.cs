using Microsoft.Extensions.Logging.Abstractions;
using PyBase.Standalone.Embedded;
using PyBase.Tests.Support;

namespace PyBase.Tests.Standalone;

public sealed class EmbeddedPartsTests
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Garnet_answers_to_who_knows_the_password()
    {
        using var cache = GarnetCache.Start();
        await ServersTests.PingAsync(cache.ConnectionString);
        await Assert.ThrowsAnyAsync<Exception>(() => ServersTests.PingAsync(cache.ConnectionString.Split(',')[0]));
    }

    [Fact]
    public async Task What_is_given_is_left_out()
    {
        var data = Path.Combine(TestRun.NewFolder("given"), "data");
        await using var parts = await EmbeddedParts.StartAsync(
            new() { Data = data, Postgres = "Host=elsewhere", Cache = "elsewhere", FilesGiven = true }, NullLogger.Instance, Cancelled);
        Assert.Empty(parts.Settings);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task A_second_one_on_the_same_data_is_refused()
    {
        var options = new StandaloneOptions { Data = Path.Combine(TestRun.NewFolder("twice"), "data"), Postgres = "Host=elsewhere", Cache = "elsewhere" };
        await using (var first = await EmbeddedParts.StartAsync(options, NullLogger.Instance, Cancelled))
        {
            Assert.Equal(Path.Combine(options.Data, "files"), first.Settings["Files:Path"]);
            var refused = await Assert.ThrowsAsync<EmbeddedPartException>(() => EmbeddedParts.StartAsync(options, NullLogger.Instance, Cancelled));
            Assert.Contains($"Another PyBase (process {Environment.ProcessId})", refused.Message, StringComparison.Ordinal);
        }
        await using var next = await EmbeddedParts.StartAsync(options, NullLogger.Instance, Cancelled);
    }
}
