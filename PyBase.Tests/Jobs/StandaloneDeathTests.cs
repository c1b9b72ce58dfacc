using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>The one process is killed with everything in its hands, and started again on what is left.</summary>
public sealed class StandaloneDeathTests
{
    [Fact]
    public async Task Killed_and_started_again_it_continues_where_it_was()
    {
        var big = Path.Combine(TestRun.NewFolder("big"), "gearboxes.stp");
        var copies = await BigStep.WriteAsync(Samples.Path("gearbox.stp"), big, megabytes: 12);
        await using var standalone = await StandaloneProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var person = await Person.SignUpAsync(standalone.Address);
        var baseId = await person.CreateBaseAsync();
        var dropped = await person.DropAsync(baseId, big);
        await person.JobAsync(dropped, job => job["progress"]!["done"]!.GetValue<long>() > 0);

        await standalone.KillAsync();
        await standalone.StartAgainAsync(TestContext.Current.CancellationToken);
        var ended = await person.EndOfAsync(dropped);

        Assert.Equal("succeeded", (string)ended["state"]!);
        var tables = ended["result"]!["tables"]!.AsArray().Select(t => (string)t!["id"]!).ToArray();
        Assert.Equal(4 * copies, (await person.ListAsync(baseId, tables[0], "&pageSize=1000")).Count);
        Assert.Equal(3 * copies, (await person.ListAsync(baseId, tables[1], "&pageSize=1000")).Count);
    }
}
