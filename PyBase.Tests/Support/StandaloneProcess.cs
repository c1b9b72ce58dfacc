using Npgsql;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>PyBase.Standalone as a newcomer runs it, with a data directory of its own. Its database outlives <c>kill -9</c>; the end of the test run ends it.</summary>
public sealed class StandaloneProcess : IAsyncDisposable
{
    readonly PyBaseProcess _process;
    readonly bool _ownData;

    StandaloneProcess(PyBaseProcess process, string data, bool ownData) => (_process, Data, _ownData) = (process, data, ownData);

    public string Data { get; }

    public Uri Address => _process.Address;

    public HttpClient Client => _process.Client;

    public int Id => _process.Id;

    public bool Running => _process.Running;

    /// <summary>Its database while it runs, for tests that look at rows.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = PostmasterFile.Read(Path.Combine(Data, "postgres"))!.Port, Username = PostgresSettings.User, Database = "pybase",
        Password = File.ReadAllText(Path.Combine(Data, "postgres.password")).Trim(),
    }.ConnectionString;

    public string Log => _process.Log;

    public static async Task<StandaloneProcess> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null, string? data = null, CancellationToken cancellationToken = default)
    {
        var folder = data ?? Path.Combine(TestRun.NewFolder("standalone"), "data");
        var process = new PyBaseProcess("PyBase.Standalone", "standalone", ["--data", folder], settings ?? new Dictionary<string, string>());
        var standalone = new StandaloneProcess(process, folder, ownData: data is null);
        try
        {
            await standalone.StartAgainAsync(cancellationToken);
            return standalone;
        }
        catch
        {
            await standalone.DisposeAsync();
            throw;
        }
    }

    /// <summary>After <see cref="KillAsync"/> or <see cref="StopAsync"/>: same address, same data.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => _process.StartAsync(cancellationToken);

    /// <summary>kill -9: the database goes on alone.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>SIGTERM: the database stops as well.</summary>
    public Task StopAsync() => _process.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (Running)
            await StopAsync();
        else if (_ownData)
            EndDatabase();
        await _process.DisposeAsync();
    }

    void EndDatabase()
    {
        var folder = Path.Combine(Data, "postgres");
        using var server = PostmasterFile.Read(folder)?.RunningServer(folder);
        server?.Kill();
    }
}
