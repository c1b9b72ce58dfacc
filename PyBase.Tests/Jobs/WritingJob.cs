using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>A drop whose worker stands at a gate: some of its rows are there, the next ones are under way.</summary>
sealed class WritingJob : IAsyncDisposable
{
    readonly Cluster cluster;
    readonly Gate gate;
    bool isOpen;

    WritingJob(Cluster cluster, Person person, string baseId, JsonNode job, Gate gate) => (this.cluster, Person, Base, Job, this.gate) = (cluster, person, baseId, job, gate);

    public Person Person { get; }

    public string Base { get; }

    /// <summary>As the API showed it while its worker stood there.</summary>
    public JsonNode Job { get; private set; }

    public string Id => (string)Job["id"]!;

    public PyBaseProcess Worker => WorkerOf(cluster, Job);

    /// <summary>Lets <paramref name="drop"/> begin a job in a new base and waits until its worker stands before the rows, or before the tables, that come next.</summary>
    public static async Task<WritingJob> StartAsync(Cluster cluster, Func<Person, string, Task<JsonNode>> drop, bool atTables = false)
    {
        var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync();
        var gate = atTables ? await Gate.AtTablesAsync(cluster.ConnectionString, baseId) : await Gate.BehindRowsAsync(cluster.ConnectionString, baseId);
        var writing = new WritingJob(cluster, person, baseId, await drop(person, baseId), gate);
        await gate.ReachedAsync();
        writing.Job = await person.GetAsync($"/api/jobs/{writing.Id}");
        return writing;
    }

    public static PyBaseProcess WorkerOf(Cluster cluster, JsonNode job) =>
        cluster.Workers.Single(w => w.Id == int.Parse(((string)job["worker"]!).Split(':')[1], CultureInfo.InvariantCulture));

    /// <summary>Lets everybody go on.</summary>
    public async Task OpenAsync()
    {
        isOpen = true;
        await gate.DisposeAsync();
    }

    /// <summary>kill -9 of the worker; then the time passes that others leave it for a sign of life.</summary>
    public async Task<PyBaseProcess> KillWorkerAsync()
    {
        var worker = Worker;
        await worker.KillAsync();
        await OpenAsync();
        await using var data = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var pass = data.CreateCommand($"update pybase.jobs set lease_until = now() where id = '{Id}'; update pybase.outbox set due = now() where job = '{Id}'");
        await pass.ExecuteNonQueryAsync();
        return worker;
    }

    public Task<JsonNode> EndAsync() => Person.EndOfAsync(Job);

    /// <summary>How many rows each table of the base has.</summary>
    public async Task<IReadOnlyDictionary<string, int>> RowsAsync()
    {
        var rows = new Dictionary<string, int>();
        foreach (var table in (await Person.GetAsync($"/v0/meta/bases/{Base}/tables"))["tables"]!.AsArray())
            rows[(string)table!["name"]!] = (await Person.ListAsync(Base, (string)table["id"]!, "&pageSize=1000")).Count;
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (!isOpen)
            await OpenAsync();
        Person.Dispose();
    }
}
