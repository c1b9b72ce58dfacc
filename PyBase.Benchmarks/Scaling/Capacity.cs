using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Benchmarks.Tables;
using PyBase.Core.Scaling;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Scaling;

/// <summary>
/// <c>dotnet run -c Release --project PyBase.Benchmarks -- capacity [--report]</c>: what a page, an edit, a delivery, a file and a connection cost, in time of a core
/// and in memory; <c>--report</c> writes it to PyBase.Core/Scaling/costs.json, by which capacities are planned.
/// </summary>
static class Capacity
{
    const int Rows = 20_000, Hands = 8, Sockets = 100;
    static readonly TimeSpan s_span = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(string[] options)
    {
        await using var bench = await Workbench.StartAsync();
        var table = await bench.CreateTableAsync("Parts");
        var before = await bench.ScalarAsync<long>("select pg_database_size(current_database())");
        await table.FillAsync(Rows, isSearchable: true);
        await bench.AskAsync(HttpMethod.Patch, $"{table.Path}/{(await table.IdsAsync(1))[0]}", """{"fields":{"Weight":1}}""");
        var rowBytes = (await bench.ScalarAsync<long>("select pg_database_size(current_database())") - before) / (double)Rows;

        var page = await CostAsync(bench, n => bench.GetAsync($"{table.Path}?pageSize=100&sort[0][field]=Amount&filterByFormula={Uri.EscapeDataString($"{{Amount}} > {n * 7 % Rows}")}"));
        var ids = await table.IdsAsync(10_000);
        var edit = await CostAsync(bench, n => bench.SendAsync(HttpMethod.Patch, $"{table.Path}/{ids[n * 13 % ids.Length]}", $$$"""{"fields":{"Weight":{{{n}}}}}"""));
        var processMiB = bench.Memory / 1024.0 / 1024;

        var (connections, heard) = (new List<HubConnection>(), 0);
        for (var n = 0; n < Sockets; n++)
        {
            var connection = await bench.Person.ConnectAsync(bench.Person.Client.BaseAddress!);
            connection.On<JsonElement>("Changes", _ => Interlocked.Increment(ref heard));
            await connection.InvokeAsync<JsonElement>("Subscribe", table.Id, (long?)null);
            connections.Add(connection);
        }
        await Task.Delay(1_000);
        var socketKiB = Math.Max(0, (bench.Memory / 1024.0 / 1024 - processMiB) * 1024 / Sockets);
        // Each edit is waited for, so that none is told together with the next.
        const int Edits = 60;
        var used = bench.Processors;
        for (var n = 0; n < Edits; n++)
        {
            await bench.SendAsync(HttpMethod.Patch, $"{table.Path}/{ids[n]}", $$$"""{"fields":{"Weight":{{{n + 0.5}}}}}""");
            while (Volatile.Read(ref heard) < (n + 1) * Sockets)
                await Task.Delay(1);
        }
        var deliveryMs = Math.Max(0, ((bench.Processors.PyBase - used.PyBase) * 1000 / Edits - edit.Api) / Sockets);
        foreach (var connection in connections)
            await connection.DisposeAsync();

        used = bench.Processors;
        const int Files = 5;
        for (var n = 0; n < Files; n++)
            await bench.Person.EndOfAsync(await bench.Person.DropAsync(bench.BaseId, Path.Combine(Repository.Root, "PyBase.Tests", "Samples", "gearbox.stp")));
        var now = bench.Processors;
        var fileSeconds = (now.PyBase - used.PyBase + now.Postgres - used.Postgres) / Files;

        var costs = new RequestCosts(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd} on {Environment.ProcessorCount} cores by PyBase.Benchmarks capacity: {Rows:N0} rows of 20 fields, {Hands} at once"),
            Round(page.Api), Round(page.Database), Round(edit.Api), Round(edit.Database), Round(deliveryMs), Round(fileSeconds), Math.Round(rowBytes), Math.Round(socketKiB), Math.Round(processMiB));
        var json = JsonSerializer.Serialize(costs, RequestCosts.Json);
        Console.WriteLine(json);
        if (options.Contains("--report"))
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, "PyBase.Core", "Scaling", "costs.json"), json + "\n");
    }

    /// <summary>Milliseconds of a core that one of many costs PyBase and PostgreSQL; rounds that warm are not counted.</summary>
    static async Task<(double Api, double Database)> CostAsync(Workbench bench, Func<int, Task> work)
    {
        await Clock.RateAsync(Hands, s_span / 4, work);
        var used = bench.Processors;
        var rounds = (await Clock.RateAsync(Hands, s_span, work)).Rounds;
        var now = bench.Processors;
        return ((now.PyBase - used.PyBase) * 1000 / rounds, (now.Postgres - used.Postgres) * 1000 / rounds);
    }

    static double Round(double value) => Math.Round(value, 4);
}
