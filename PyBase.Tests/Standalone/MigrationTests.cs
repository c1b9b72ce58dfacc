using System.Diagnostics;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Standalone;

/// <summary>From one process to many: a data directory of Standalone becomes servers' data, by the script that an administrator runs.</summary>
public sealed class MigrationTests(Servers servers)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_Standalone_held_is_there_on_servers_with_its_ids_its_files_and_its_people()
    {
        var small = await StandaloneProcess.StartAsync(new Dictionary<string, string> { ["Accounts:SignUp"] = "open" }, cancellationToken: Cancelled);
        await using var stopped = small;
        using var person = await Person.SignUpAsync(small.Address);
        var baseId = await person.CreateBaseAsync(new { name = "Parts", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        var job = await person.EndOfAsync(await person.DropAsync(baseId, Samples.Path("gearbox.stp")));
        var tables = job["result"]!["tables"]!.AsArray().Select(table => (string)table!["id"]!).ToArray();
        var before = new List<string>();
        foreach (var table in tables)
            before.Add((await person.GetAsync($"/v0/{baseId}/{table}"))["records"]!.ToJsonString());
        await small.StopAsync();

        var postgres = await servers.PostgresAsync();
        await using var database = await postgres.CreateDatabaseAsync(Cancelled);
        var files = TestRun.NewFolder("files");
        var script = await RunAsync(small.Data, database.ConnectionString, files);
        Assert.True(script.Succeeded, script.Output);
        Assert.Contains("all the same", script.Output);
        // Never over something that is there.
        Assert.False((await RunAsync(small.Data, database.ConnectionString, files)).Succeeded);

        await using var cluster = await Cluster.StartAsync(servers, new ClusterOptions
        {
            Api = 2, Realtime = 0, Workers = 0, Settings = new Dictionary<string, string> { ["ConnectionStrings:pybase"] = database.ConnectionString, ["Files:Path"] = files },
        }, Cancelled);
        using var later = person.At(cluster.Api[1].Address);
        for (var n = 0; n < tables.Length; n++)
            Assert.Equal(before[n], (await later.GetAsync($"/v0/{baseId}/{tables[n]}"))["records"]!.ToJsonString());
        var content = await later.Client.GetByteArrayAsync($"/api/bases/{baseId}/files/{(string)job["file"]!["id"]!}/original", Cancelled);
        Assert.Equal(await File.ReadAllBytesAsync(Samples.Path("gearbox.stp"), Cancelled), content);
    }

    static async Task<(bool Succeeded, string Output)> RunAsync(string data, string connectionString, string files)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo("bash",
            [Path.Combine(Repository.Root, "deploy", "migrate.sh"), data, $"host={target.Host} port={target.Port} user={target.Username} dbname={target.Database}", files])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["PGPASSWORD"] = target.Password },
        };
        using var process = Process.Start(start)!;
        var text = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancelled), process.StandardError.ReadToEndAsync(Cancelled));
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode == 0, string.Concat(text));
    }
}
