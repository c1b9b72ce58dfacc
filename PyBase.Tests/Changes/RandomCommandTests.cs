using System.Globalization;
using CsCheck;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Changes;

/// <summary>
/// Invariants 1 to 3 of the design under random commands of three writers through two processes: what was acknowledged is there, versions are dense and the log
/// leads back to each moment of quiet, computed cells equal a recompute. A failure prints the seed and the shortest commands found that fail too; since the
/// database decides who comes first, a shorter list may need several tries. <c>eng/properties.sh SECONDS</c> looks longer, with seeds of its own.
/// </summary>
[Collection(OnCluster.Name)]
public sealed class RandomCommandTests(DistributedInstallation installation)
{
    [Theory]
    [InlineData("0N0XIzNsQ0O2")]
    [InlineData("1N0XIzNsQ0O2")]
    [InlineData("2N0XIzNsQ0O2")]
    public Task Whatever_several_writers_do_the_invariants_hold(string seed) => Command.Rounds.SampleAsync(HoldAsync, seed: seed, iter: 1, threads: 1, print: Print);

    [Fact]
    public async Task They_hold_for_as_long_as_somebody_looks()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable("PYBASE_PROPERTIES_SECONDS"), CultureInfo.InvariantCulture, out var seconds))
            Assert.Skip("eng/properties.sh runs it.");
        await Command.Rounds.SampleAsync(HoldAsync, TestContext.Current.TestOutputHelper!.WriteLine, time: seconds, threads: 2, print: Print);
    }

    async Task HoldAsync(Command[][][] rounds)
    {
        using var person = await installation.SignUpAsync();
        using var elsewhere = person.At(installation.Apis[1]);
        var shop = await Workshop.OpenAsync([person, elsewhere]);
        await using var data = NpgsqlDataSource.Create(installation.Cluster.ConnectionString);
        var invariants = new BaseInvariants(data, shop.BaseId);
        var snapshots = new List<(string Table, BaseInvariants.Snapshot Then)>();
        foreach (var round in rounds)
        {
            foreach (var table in shop.TableIds.Values)
                snapshots.Add((table, await invariants.SnapshotAsync(table)));
            await Task.WhenAll(round.Select((commands, writer) => shop.RunAsync(commands, writer)));
        }
        await shop.AcknowledgedAsync();
        await invariants.DenseAsync();
        await invariants.LinksAgreeAsync();
        foreach (var (table, then) in snapshots)
            await invariants.LeadsBackAsync(table, then);
        await shop.ComputedAgreeAsync();
    }

    static string Print(Command[][][] rounds) => string.Join('\n', rounds.Select((round, n) => $"round {n}:\n" + string.Join('\n', round.Select((commands, writer) => $"  writer {writer}: {string.Join("; ", commands.Select(Print))}"))));

    static string Print(Command command) => command switch
    {
        Command.Create c => $"Create({c.Table}, [{string.Join(", ", c.Values)}])",
        Command.Update u => $"Update({u.Table}, {u.Record}, {u.Field}, [{string.Join(", ", u.Values)}])",
        Command.Link l => $"Link({l.Field}, {l.Record}, [{string.Join(", ", l.Others)}])",
        _ => command.ToString(),
    };
}
