using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PyBase.Benchmarks.Tables;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Load;

/// <summary>Edits of cells, seen by subscribers on two nodes: how long from when they were due to the message, and whether any was lost.</summary>
sealed record LiveTables(int Tables, int SubscribersOfEach, double EditsPerSecond, double MaxMedian, double MaxTail)
{
    /// <summary>Before it the processes mostly compile what they do.</summary>
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25);

    sealed record Edit(long Version, long Due);

    public async Task<LoadLine> RunAsync(Cluster cluster, TimeSpan span)
    {
        using var owner = await Person.SignUpAsync(cluster.Api[0].Address);
        Person[] writers = [.. cluster.Api.Select(api => owner.At(api.Address))];
        var desk = await LoadTables.MakeAsync(owner, Tables);
        var clients = await LoadTables.ConnectAsync(cluster, owner, [.. Enumerable.Range(0, Tables * SubscribersOfEach).Select(n => desk[n / cluster.Realtime.Count % Tables].Table)]);
        using var stop = new CancellationTokenSource();
        var pinging = LoadTables.PingAsync(clients, stop.Token);
        await WriteAsync(writers, desk, WarmUp);
        var (before, began, heard) = (Usage.Of(cluster), Stopwatch.GetTimestamp(), clients.Sum(c => c.Socket.Told.Count));
        var (edits, answered) = await WriteAsync(writers, desk, span);
        await SettleAsync(clients, edits);
        var (used, took) = (Usage.Of(cluster) - before, Stopwatch.GetElapsedTime(began));
        await stop.CancelAsync();
        await pinging;
        var line = Read(clients, edits, answered, clients.Sum(c => c.Socket.Told.Count) - heard, used.Cores(took));
        foreach (var (_, socket) in clients)
            socket.Dispose();
        foreach (var writer in writers)
            writer.Dispose();
        return line;
    }

    async Task<(IReadOnlyDictionary<string, List<Edit>> Edits, List<double> Answered)> WriteAsync(Person[] writers, IReadOnlyList<LoadTable> desk, TimeSpan span)
    {
        var edits = new ConcurrentDictionary<string, ConcurrentBag<Edit>>();
        var answered = await Schedule.RunAsync(Schedule.Even(EditsPerSecond, span), async (number, due) =>
        {
            var place = desk[number % desk.Count];
            edits.GetOrAdd(place.Table, _ => []).Add(new Edit(await place.EditAsync(writers[number % writers.Length], number), due));
        });
        return (edits.ToDictionary(e => e.Key, e => e.Value.OrderBy(edit => edit.Version).ToList()), answered);
    }

    /// <summary>Until everybody has the last version, or nobody waits any longer.</summary>
    static async Task SettleAsync((string Table, FeedSocket Socket)[] clients, IReadOnlyDictionary<string, List<Edit>> edits)
    {
        var began = Stopwatch.GetTimestamp();
        while (clients.Any(c => c.Socket.Version < edits[c.Table][^1].Version) && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20))
            await Task.Delay(50);
    }

    LoadLine Read((string Table, FeedSocket Socket)[] clients, IReadOnlyDictionary<string, List<Edit>> edits, List<double> answered, int messages, string cores)
    {
        var (times, lost, loads) = (new List<double>(), 0, 0);
        foreach (var (table, socket) in clients)
        {
            var (told, at) = (socket.Told, 0);
            loads += told.Count(t => t.IsReload);
            foreach (var edit in edits[table])
            {
                while (at < told.Count && told[at].Version < edit.Version)
                    at++;
                // Who is told to load again has it from then on.
                if (at < told.Count && told[at].From <= edit.Version)
                    times.Add(Stopwatch.GetElapsedTime(edit.Due, told[at].At).TotalMilliseconds);
                else
                    lost++;
            }
        }
        var (median, p95, p99) = (Clock.Percentile(times, 0.5), Clock.Percentile(times, 0.95), Clock.Percentile(times, 0.99));
        return new LoadLine(
            string.Create(CultureInfo.InvariantCulture, $"{clients.Length:n0} subscribers on two nodes, {EditsPerSecond} edits/s over {(Tables == 1 ? "one table" : $"{Tables} tables")}"),
            string.Create(CultureInfo.InvariantCulture, $"none lost, {(double.IsPositiveInfinity(MaxMedian) ? "" : $"median < {MaxMedian} ms, ")}p99 < {MaxTail} ms"),
            string.Create(CultureInfo.InvariantCulture, $"{edits.Sum(e => e.Value.Count):n0} edits seen {times.Count:n0} times, {lost} lost, {loads} times \"load again\"; median {median:0} ms, p95 {p95:0} ms, p99 {p99:0} ms, at most {Clock.Percentile(times, 1):0} ms"),
            lost == 0 && loads == 0 && median < MaxMedian && p99 < MaxTail,
            string.Create(CultureInfo.InvariantCulture, $"{(double)edits.Sum(e => e.Value.Count * SubscribersOfEach) / messages:0.0} versions a message; the answer to the writer: median {Clock.Percentile(answered, 0.5):0} ms, p99 {Clock.Percentile(answered, 0.99):0} ms; {cores}"));
    }
}
