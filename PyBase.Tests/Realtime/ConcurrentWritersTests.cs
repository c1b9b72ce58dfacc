using System.Net;
using System.Net.Http.Json;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>Invariant 4: who reconnects with the last version they saw ends with the rows of a fresh load.</summary>
public abstract class ConcurrentWritersTests(Installation installation) : RealtimeTests(installation)
{
    const int Seed = 20260;
    const int Writers = 20;
    static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Twenty_writers_and_listeners_that_come_and_go_end_with_the_same_rows()
    {
        using var scene = await SetAsync();
        for (var n = 0; n < 10; n++)
            await scene.AddAsync($"first {n}");
        using var stop = new CancellationTokenSource(Length);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(n => WriteAsync(scene, new Random(Seed + n), n, stop.Token)));
        var listening = Task.WhenAll(Installation.Hubs.SelectMany((hub, n) => Enumerable.Range(0, 3).Select(m => ListenAsync(scene, new Random(Seed + 100 * n + m), n + m, stop.Token))));

        var writes = (await writing).Sum();
        var mirrors = (await listening).SelectMany(m => m).ToList();
        TestContext.Current.SendDiagnosticMessage($"{writes} writes, {mirrors.Count} mirrors, {mirrors.Sum(m => m.Loads)} loads");
        Assert.True(writes > 100, $"Only {writes} writes.");
        foreach (var mirror in mirrors)
        {
            await mirror.CheckAsync(TimeSpan.FromSeconds(30));
            await mirror.DisposeAsync();
        }
    }

    /// <summary>Creates, changes, empties, links and deletes records; what another has deleted meanwhile is refused, which is fine.</summary>
    async Task<int> WriteAsync(Scene scene, Random random, int number, CancellationToken stop)
    {
        using var writer = scene.Owner.At(Installation.Apis[number % Installation.Apis.Count]);
        var mine = new List<(string Table, string Id)>();
        var writes = 0;
        while (!stop.IsCancellationRequested)
        {
            var table = random.Next(4) == 0 ? scene.Places : scene.Things;
            var path = $"/v0/{scene.Base}/{table}";
            var own = mine.Where(m => m.Table == table).Select(m => m.Id).ToArray();
            using var response = (own.Length, random.Next(6)) switch
            {
                (0, _) or (_, 0) => await writer.Client.PostAsJsonAsync(path, new { records = Enumerable.Range(0, random.Next(1, 4)).Select(n => new { fields = new { Name = $"{number}.{writes}.{n}" } }) }, CancellationToken.None),
                (_, 1) => await writer.Client.DeleteAsync($"{path}/{own[random.Next(own.Length)]}", CancellationToken.None),
                (_, 2) when table == scene.Places => await writer.Client.PatchAsJsonAsync($"{path}/{own[^1]}", new { fields = new { Things = mine.Where(m => m.Table == scene.Things).Select(m => m.Id).Take(random.Next(3)) } }, CancellationToken.None),
                (_, 3) => await writer.Client.PatchAsJsonAsync($"{path}/{own[random.Next(own.Length)]}", new { fields = new { Name = (string?)null } }, CancellationToken.None),
                _ => await writer.Client.PatchAsJsonAsync($"{path}/{own[random.Next(own.Length)]}", new { fields = new { Name = $"changed {random.Next(1000)}" } }, CancellationToken.None),
            };
            var answer = await Person.ReadAsync(response, HttpStatusCode.OK);
            if (response.RequestMessage!.Method == HttpMethod.Post)
                mine.AddRange(answer["records"]!.AsArray().Select(r => (table, (string)r!["id"]!)));
            else if (response.RequestMessage.Method == HttpMethod.Delete)
                mine.RemoveAll(m => m.Id == (string)answer["id"]!);
            writes++;
        }
        return writes;
    }

    /// <summary>Keeps both tables; now and then goes away and comes back at another address with what it has.</summary>
    async Task<TableMirror[]> ListenAsync(Scene scene, Random random, int hub, CancellationToken stop)
    {
        var connection = await scene.Owner.ConnectAsync(Installation.Hubs[hub % Installation.Hubs.Count]);
        TableMirror[] mirrors = [await TableMirror.OpenAsync(scene.Owner, scene.Base, scene.Things, connection), await TableMirror.OpenAsync(scene.Owner, scene.Base, scene.Places, connection)];
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(50, 700), CancellationToken.None);
            await connection.DisposeAsync();
            await Task.Delay(random.Next(1, 200), CancellationToken.None);
            connection = await scene.Owner.ConnectAsync(Installation.Hubs[random.Next(Installation.Hubs.Count)]);
            foreach (var mirror in mirrors)
                await mirror.ReconnectAsync(connection);
        }
        return mirrors;
    }
}

[Collection(OnStandalone.Name)]
public sealed class ConcurrentWritersOnStandaloneTests(StandaloneInstallation installation) : ConcurrentWritersTests(installation);

[Collection(OnCluster.Name)]
public sealed class ConcurrentWritersOnClusterTests(DistributedInstallation installation) : ConcurrentWritersTests(installation);
