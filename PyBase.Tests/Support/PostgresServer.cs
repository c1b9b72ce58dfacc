using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>
/// A real PostgreSQL: the one named by <c>PYBASE_TEST_DB</c>, else a throw-away cluster run by Standalone's own code. Tests get databases of their own.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    readonly PostgresProcess? _process;
    readonly ConcurrentDictionary<string, Lazy<Task<string>>> _templates = [];
    readonly ConcurrentDictionary<string, bool> _databases = [];
    readonly string _run = Guid.NewGuid().ToString("n")[..8];
    int _number;

    PostgresServer(PostgresProcess? process, string connectionString) => (_process, ConnectionString) = (process, connectionString);

    /// <summary>As superuser, to database <c>postgres</c> or the one that <c>PYBASE_TEST_DB</c> names.</summary>
    public string ConnectionString { get; }

    /// <summary>The postmaster; null when the server was given.</summary>
    public int? ProcessId => _process?.ProcessId;

    /// <param name="durable">For tests of faults: a cluster of its own with fsync on, even where a server is given.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false, CancellationToken cancellationToken = default)
    {
        if (!durable && Environment.GetEnvironmentVariable("PYBASE_TEST_DB") is { Length: > 0 } given)
            return new(null, given);
        var folder = TestRun.NewFolder("postgres");
        var settings = new PostgresSettings
        {
            DataDirectory = Path.Combine(folder, "postgres"),
            PasswordFile = Path.Combine(folder, "postgres.password"),
            Launch = Spawner.Start,
        };
        var parameters = new Dictionary<string, string>(settings.Parameters) { ["max_connections"] = "400" };
        if (!durable)
            parameters["fsync"] = parameters["full_page_writes"] = "off";
        try
        {
            var process = await PostgresProcess.StartAsync(settings with { Parameters = parameters }, NullLogger.Instance, cancellationToken);
            return new(process, process.ConnectionString("postgres"));
        }
        catch (EmbeddedPartException absent)
        {
            Require.Missing(absent.Message);
            throw;
        }
    }

    /// <summary>An empty database.</summary>
    public Task<TestDatabase> CreateDatabaseAsync(CancellationToken cancellationToken = default) => CreateAsync(null, cancellationToken);

    /// <summary>
    /// A copy of a template that is made once per run: <paramref name="migrate"/> gets the connection string of an empty database and fills it. A class of tests takes one copy.
    /// </summary>
    public async Task<TestDatabase> CopyDatabaseAsync(string template, Func<string, CancellationToken, Task> migrate, CancellationToken cancellationToken = default)
    {
        var name = await _templates.GetOrAdd(template, _ => new(() => MakeTemplateAsync(migrate))).Value.WaitAsync(cancellationToken);
        return await CreateAsync(name, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is not null)
        {
            // Nobody reads this data again.
            await _process.DisposeAsync();
            return;
        }
        foreach (var name in _databases.Keys)
            await DropAsync(name);
    }

    internal async Task DropAsync(string name)
    {
        if (!_databases.TryRemove(name, out _))
            return;
        try
        {
            await ExecuteAsync($"drop database if exists \"{name}\" with (force)", CancellationToken.None);
        }
        catch (NpgsqlException) when (_process is not null)
        {
            // A test has just killed the server; the run's folder goes with everything in it.
        }
    }

    /// <summary>kill -9 of the postmaster. The supervisor starts it again on the same port; connections made meanwhile fail.</summary>
    public void Kill()
    {
        using var postmaster = System.Diagnostics.Process.GetProcessById(ProcessId ?? throw new InvalidOperationException("The server was given; it is not ours to kill."));
        postmaster.Kill();
    }

    /// <summary>As <c>kill -STOP</c>, of the postmaster and of everything it has started.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"kill -{signal} {ProcessId} $(pgrep -P {ProcessId})"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>After <see cref="Kill"/>: waits until it takes connections again.</summary>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken = default)
    {
        return Wait.UntilAsync(RefusalAsync, refusal => refusal is null, seconds: 120);

        async Task<string?> RefusalAsync()
        {
            try
            {
                await ExecuteAsync("select 1", cancellationToken);
                return null;
            }
            catch (NpgsqlException refusal)
            {
                return refusal.Message;
            }
        }
    }

    async Task<string> MakeTemplateAsync(Func<string, CancellationToken, Task> migrate)
    {
        // For all tests of the run, so no single test's cancellation ends it.
        var database = await CreateAsync(null, CancellationToken.None);
        await migrate(database.ConnectionString, CancellationToken.None);
        // CREATE DATABASE refuses a template that somebody is connected to, idle pools included.
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database.Name}'", CancellationToken.None);
        return database.Name;
    }

    async Task<TestDatabase> CreateAsync(string? template, CancellationToken cancellationToken)
    {
        var name = $"pybase_test_{_run}_{Interlocked.Increment(ref _number)}";
        await ExecuteAsync($"create database \"{name}\"" + (template is null ? "" : $" template \"{template}\""), cancellationToken);
        _databases[name] = true;
        return new(this, name, new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString);
    }

    async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
