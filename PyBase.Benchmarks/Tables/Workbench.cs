using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Tables;

/// <summary>A PostgreSQL of its own with fsync on, a Release Standalone on it, and somebody with a base.</summary>
sealed class Workbench : IAsyncDisposable
{
    readonly PostgresServer server;
    readonly TestDatabase database;
    readonly StandaloneProcess process;

    Workbench(PostgresServer server, TestDatabase database, StandaloneProcess process, Person person, string baseId) =>
        (this.server, this.database, this.process, Person, BaseId, Data) = (server, database, process, person, baseId, NpgsqlDataSource.Create(database.ConnectionString + ";Maximum Pool Size=20"));

    public Person Person { get; }

    public string BaseId { get; }

    /// <summary>Past PyBase, for filling and for floors.</summary>
    public NpgsqlDataSource Data { get; }

    public static async Task<Workbench> StartAsync()
    {
        var server = await PostgresServer.StartAsync(durable: true);
        var database = await server.CreateDatabaseAsync();
        var process = await StandaloneProcess.StartAsync(new Dictionary<string, string>
        {
            ["ConnectionStrings:pybase"] = database.ConnectionString,
            ["Accounts:SignUp"] = "open",
            ["Indexes:Pause"] = "00:00:01",
            ["Logging:LogLevel:Default"] = "Warning",
        });
        var person = await Person.SignUpAsync(process.Address);
        return new Workbench(server, database, process, person, await person.CreateBaseAsync());
    }

    public async Task<PartsTable> CreateTableAsync(string name)
    {
        var made = await Person.PostAsync($"/v0/meta/bases/{BaseId}/tables", new { name, fields = PartsTable.Fields });
        return new PartsTable(this, (string)made["id"]!, made["fields"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => (string)f!["id"]!));
    }

    /// <summary>What the process holds of the machine's memory, in bytes; 0 where nothing says so.</summary>
    public long Memory => File.Exists($"/proc/{process.Id}/statm")
        ? long.Parse(File.ReadAllText($"/proc/{process.Id}/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;

    public Processors Processors => Processors.Now(process.Id, server.ProcessId ?? 0);

    public Task<byte[]> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public async Task<byte[]> SendAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using var response = await Person.Client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? bytes : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {Encoding.UTF8.GetString(bytes)}");
    }

    public async Task<JsonNode> AskAsync(HttpMethod method, string path, string? json = null) => JsonNode.Parse(await SendAsync(method, path, json))!;

    /// <summary>The id of a new field.</summary>
    public async Task<string> AddFieldAsync(PartsTable table, string name, string type, string options) =>
        (string)(await AskAsync(HttpMethod.Post, $"/v0/meta/bases/{BaseId}/tables/{table.Id}/fields", $$"""{"name":"{{name}}","type":"{{type}}","options":{{options}}}"""))["id"]!;

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Data.CreateCommand(sql);
        command.CommandTimeout = 600;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Data.CreateCommand(sql);
        command.CommandTimeout = 900;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Until every computed cell is true.</summary>
    public async Task SettleAsync()
    {
        while (await ScalarAsync<bool>("select exists (select from pybase.stale)"))
            await Task.Delay(5);
    }

    /// <summary>Until large tables have the index of their texts, which is made behind whoever filled them and would take a core from what is measured next.</summary>
    public async Task SettleSearchAsync()
    {
        for (var n = 0; n < 300 && await ScalarAsync<bool>($"""
            select exists (select from pg_class c where c.relnamespace = '"{BaseId}"'::regnamespace and c.relname like 'src\_%' and c.relkind = 'r' and greatest(c.reltuples, pg_stat_get_live_tuples(c.oid)) > 50000
                and not exists (select from pg_index i where i.indrelid = c.oid and not i.indisprimary and i.indisvalid))
            """); n++)
            await Task.Delay(100);
    }

    public async ValueTask DisposeAsync()
    {
        await Data.DisposeAsync();
        await process.DisposeAsync();
        await database.DisposeAsync();
        await server.DisposeAsync();
        Person.Dispose();
    }
}
