using System.Globalization;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Load;

/// <summary>Connections that listen and hear nothing: what each costs a node.</summary>
static class IdleConnections
{
    const int TableCount = 20;

    /// <summary>They bring what is there once.</summary>
    const int First = 200;

    public static async Task<LoadLine> RunAsync(Cluster cluster, int count)
    {
        using var owner = await Person.SignUpAsync(cluster.Api[0].Address);
        var desk = await LoadTables.MakeAsync(owner, TableCount);
        var clients = (await LoadTables.ConnectAsync(cluster, owner, Some(First))).ToList();
        var before = Memory(cluster);
        while (clients.Count < count)
        {
            var more = LoadTables.ConnectAsync(cluster, owner, Some(Math.Min(500, count - clients.Count)));
            await Task.WhenAll(clients.Where(c => c.Socket.IsOpen).Select(c => c.Socket.PingAsync()));
            clients.AddRange(await more);
        }
        await Task.Delay(TimeSpan.FromSeconds(10));
        await Task.WhenAll(clients.Where(c => c.Socket.IsOpen).Select(c => c.Socket.PingAsync()));
        var after = Memory(cluster);
        foreach (var table in desk)
            await table.EditAsync(owner, 1);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var (open, heard) = (clients.Count(c => c.Socket.IsOpen), clients.Count(c => c.Socket.Told.Count == 1));
        foreach (var (_, socket) in clients)
            socket.Dispose();
        return new LoadLine(
            string.Create(CultureInfo.InvariantCulture, $"{count:n0} idle connections on two nodes"), "all stay, and hear the next change",
            string.Create(CultureInfo.InvariantCulture, $"{open:n0} open, {heard:n0} heard it; {(after - before) / 1024.0 / (count - First):0.0} KB each, a node of {count / 2:n0} has {after / 2 >> 20} MB"),
            open == count && heard == count, "");

        string[] Some(int some) => [.. Enumerable.Range(0, some).Select(n => desk[n / 2 % desk.Count].Table)];
    }

    /// <summary>Bytes resident, of all nodes together.</summary>
    static long Memory(Cluster cluster) => cluster.Realtime.Sum(node => 1024 * long.Parse(
        File.ReadLines($"/proc/{node.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
}
